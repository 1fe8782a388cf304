package org.biodl.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.biodl.jni.BioDLException;
import org.biodl.jni.TrainingMethod;
import org.biodl.jni.TrainingOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainOptionsTest
{
    private static Settings of(TrainingMethod method)
    {
        return Settings.of(TrainOptions.LIST).with(TrainOptions.METHOD, method.getId());
    }

    @Test
    void keysAreToldApart()
    {
        Set<String> keys = new HashSet<>();
        for (Option<?> option : TrainOptions.LIST)
            assertTrue(keys.add(option.getKey()), option.getKey());
    }

    /** Nothing but a method needs to be said, and what is not said is 0, null or "" to the engine. */
    @ParameterizedTest
    @EnumSource(TrainingMethod.class)
    void aMethodIsEnough(TrainingMethod method)
    {
        TrainingOptions options = TrainingChoice.of(Settings.parse(TrainOptions.LIST, "method=" + method.getId(), name -> name));
        assertEquals(method, options.method);
        assertEquals("", options.name + options.start + options.folder + options.authors + options.licence + options.description);
        assertEquals(0, options.steps + options.patch + options.batch + options.threads + options.rays + options.noiseRadius);
        assertEquals(0, options.minutes + options.structuralSimilarity + options.adversarial + options.simulatedNoise
            + options.memoryLimit);
        assertNull(options.validation);
        assertFalse(options.volumes || options.median || options.probabilistic || options.noiseAlongY);
        assertEquals(1, options.seed);
    }

    /** An option that a method does not have is no silent nothing. */
    @ParameterizedTest
    @EnumSource(TrainingMethod.class)
    void whatAMethodDoesNotHaveIsRefused(TrainingMethod method)
    {
        String[][] given = { { "targets", "x" }, { "labels", "x" }, { "rays", "64" }, { "median", "true" }, { "noise_radius", "3" },
            { "adversarial", "1" }, { "similarity", "0.5" }, { "probabilistic", "true" }, { "validation", "0.2" }, { "model", "x" },
            { "volumes", "true" }, { "simulate_noise", "1" }, { "apply", "false" } };
        for (String[] one : given)
        {
            Settings settings = of(method).with(one[0], one[1]);
            Option<?> option = TrainOptions.LIST.stream().filter(each -> each.getKey().equals(one[0])).findFirst().get();
            if (TrainOptions.belongs(option, method))
                TrainingChoice.of(settings);
            else
                assertTrue(assertThrows(BioDLException.class, () -> TrainingChoice.of(settings)).getMessage().startsWith(one[0] + "="),
                    one[0]);
        }
    }

    @Test
    void everyChoiceReachesTheEngine()
    {
        Settings settings = Settings.parse(TrainOptions.LIST, "method=noise2void name=[my model] model=none steps=50 minutes=2.5 seed=7 "
            + "validation=0.2 patch=64 batch=3 threads=1 memory=512 volumes=true median=true noise_radius=4 noise_axis=y "
            + "authors=[A. One; B. Two] licence=CC-BY-4.0 description=[of my cells] out=/x", name -> name);
        TrainingOptions o = TrainingChoice.of(settings);
        assertEquals("my model|none|/x|A. One\nB. Two|CC-BY-4.0|of my cells", String.join("|", o.name, o.start, o.folder, o.authors,
            o.licence, o.description));
        assertEquals("50 2.5 7 0.2 64 3 1 " + (512L << 20), o.steps + " " + o.minutes + " " + o.seed + " " + o.validation + " " + o.patch
            + " " + o.batch + " " + o.threads + " " + o.memoryLimit);
        assertTrue(o.volumes && o.median && o.noiseAlongY);
        assertEquals(4, o.noiseRadius);
        assertEquals(settings, Settings.parse(TrainOptions.LIST, settings.toMacro(), name -> name));
    }
}
