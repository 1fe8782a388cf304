// Any network by org.biodl.BioDL, for callers that know SciJava modules; options as the macro recorder writes them.
#@ ij.ImagePlus(label = "Image") image
#@ ij.ImagePlus(label = "Image of the second input", required = false, autoFill = false) second
#@ String(label = "Model", description = "Folder, file or id of an installed model", persist = false) model
#@ String(label = "Channels", description = "auto, all, numbers or names: 1,3 or DAPI", value = "auto", persist = false) channels
#@ String(label = "Further options", description = "Such as tile=256 device=cpu", value = "", required = false, persist = false) options
#@output java.util.List outputs
#@output String account
import ij.ImagePlus
import org.biodl.BioDL
import org.biodl.run.Verb

images = [image, second].findAll() as ImagePlus[]
made = BioDL.run(Verb.RUN.settings(options).with("model", model).with("channels", channels), images)
outputs = made.images
account = made.account.provenance
