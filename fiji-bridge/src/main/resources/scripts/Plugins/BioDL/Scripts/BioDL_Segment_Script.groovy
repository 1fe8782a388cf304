// Star-convex objects by org.biodl.BioDL, for callers that know SciJava modules; options as the macro recorder writes them.
#@ ij.ImagePlus(label = "Image") image
#@ String(label = "Model", description = "Folder, file, id of an installed one, builtin:NAME, auto", value = "auto", persist = false) model
#@ String(label = "Channels", description = "auto, all, numbers or names: 1,3 or DAPI", value = "auto", persist = false) channels
#@ String(label = "Probability threshold", description = "0 to 1, or model: its own", value = "model", persist = false) probability
#@ String(label = "Overlap threshold", description = "0 to 1, or model: its own", value = "model", persist = false) overlap
#@ String(label = "Further options", description = "Such as min_area=20", value = "", required = false, persist = false) options
#@output ij.ImagePlus labels
#@output ij.measure.ResultsTable table
#@output java.util.List rois
#@output String account
import org.biodl.BioDL
import org.biodl.run.Verb

settings = Verb.SEGMENT.settings(options).with("model", model).with("channels", channels)
found = BioDL.segment(image, settings.with("probability", probability).with("overlap", overlap))
labels = found.labels
table = found.table
rois = found.rois
account = found.account.provenance
