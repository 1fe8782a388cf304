// A model of one's own by org.biodl.BioDL, for callers that know SciJava modules; options as the macro recorder writes them.
#@ ij.ImagePlus(label = "Image") image
#@ ij.ImagePlus(label = "Target or labels", description = "Named by its title in the options", required = false, autoFill = false) second
#@ String(choices={"denoise-image","noise2void","restoration","stardist","semantic","stain"}, value="denoise-image", persist=false) method
#@ String(label = "Name of the model", value = "", required = false, persist = false) name
#@ String(label = "Further options", description = "Such as steps=400 rays=32", value = "", required = false, persist = false) options
#@output String model
#@output String path
#@output String report
#@output java.util.List figures
import ij.ImagePlus
import org.biodl.BioDL
import org.biodl.run.Settings
import org.biodl.run.TrainOptions

settings = Settings.parse(TrainOptions.LIST, options)
trained = BioDL.train(settings.with("method", method).with("name", name), [image, second].findAll() as ImagePlus[])
model = trained.modelId
path = trained.path
report = trained.report
figures = trained.figures
