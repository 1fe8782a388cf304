using BioDL.Core.Training;

namespace BioDL.Training.Optimization;

/// <summary>
/// How fast is learned: rising evenly from 0 through the warm-up, then falling as half a cosine to a hundredth (Loshchilov and Hutter 2017,
/// arXiv 1608.03983). With a time limit it falls with the share of time or of steps that is done, whichever is larger.
/// </summary>
internal static class RateSchedule
{
    private const double Last = 0.01;

    /// <param name="options">of the training</param>
    /// <param name="step">from 1</param>
    /// <param name="seconds">trained so far</param>
    public static double Rate(ScheduleOptions options, int step, double seconds)
    {
        // A short training is not spent on warming up.
        int warmUp = Math.Min(options.WarmUp, options.Steps / 10);
        double rise = step <= warmUp ? (double)step / warmUp : 1;
        double fall = Last + (1 - Last) * (1 + Math.Cos(Math.PI * Done(options, step - 1, seconds))) / 2;
        return options.Rate * rise * fall;
    }

    /// <summary>The share of the training that is done, 0 to 1; at 1 it is over.</summary>
    public static double Done(ScheduleOptions options, int steps, double seconds)
    {
        double ofTime = options.Minutes > 0 ? seconds / (60 * options.Minutes) : 0;
        return Math.Clamp(Math.Max((double)steps / options.Steps, ofTime), 0, 1);
    }
}
