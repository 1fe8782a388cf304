// The names that Core is about to give these: this file goes then.
global using PlannedOutput = BioDL.Core.Prediction.PredictedOutput;
global using RunOptions = BioDL.Core.Prediction.PredictionOptions;
global using RunPlan = BioDL.Core.Prediction.PredictionPlan;
global using SegmentedObjects = BioDL.Core.Segmentation.SegmentResult;
