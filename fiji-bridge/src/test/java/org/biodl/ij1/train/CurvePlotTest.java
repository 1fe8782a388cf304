package org.biodl.ij1.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CurvePlotTest
{
    /** Whatever the range, there are a few ticks, inside it, each one or two digits long. */
    @Test
    void ticksAreFewAndRound()
    {
        Random random = new Random(8);
        for (int n = 0; n < 2_000; n++)
        {
            double low = Math.pow(10, random.nextInt(9) - 6) * (1 + random.nextDouble());
            boolean logarithmic = random.nextBoolean();
            double high = low * (logarithmic ? 8 + 1e4 * random.nextDouble() : 1.001 + random.nextDouble());
            List<Double> ticks = CurvePlot.ticks(low, high, logarithmic);
            assertTrue(ticks.size() >= 2 && ticks.size() <= 16, low + " to " + high + ": " + ticks);
            double apart = ticks.get(1) - ticks.get(0);
            for (int i = 0; i < ticks.size(); i++)
            {
                double tick = ticks.get(i);
                assertTrue(tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9), low + " to " + high + ": " + ticks);
                double unit = logarithmic ? Math.pow(10, Math.floor(Math.log10(tick) + 1e-9)) : apart;
                assertEquals(Math.rint(tick / unit), tick / unit, 1e-6, low + " to " + high + ": " + ticks);
            }
        }
    }

    @Test
    void lossesAreToldApart()
    {
        assertEquals("0.0123 1.235 0 12350 1.23e-05", TrainingText.number(0.0123) + " " + TrainingText.number(1.23456) + " "
            + TrainingText.number(0) + " " + TrainingText.number(12346) + " " + TrainingText.number(1.2346e-5));
    }
}
