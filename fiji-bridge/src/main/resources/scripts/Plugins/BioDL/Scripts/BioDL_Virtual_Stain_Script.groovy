// Virtual staining by org.biodl.BioDL, for callers that know SciJava modules; options as the macro recorder writes them.
#@ ij.ImagePlus(label = "Image") image
#@ String(label = "Model", description = "Folder, file, id of an installed one, builtin:NAME, auto", value = "auto", persist = false) model
#@ String(label = "Channels", description = "auto, all, numbers or names: 1,3 or DAPI", value = "auto", persist = false) channels
#@ String(label = "Further options", description = "Such as merge=true", value = "", required = false, persist = false) options
#@output ij.ImagePlus stained
#@output String account
import org.biodl.BioDL
import org.biodl.run.Verb

made = BioDL.stain(image, Verb.STAIN.settings(options).with("model", model).with("channels", channels))
stained = made.images[0]
account = made.account.provenance
