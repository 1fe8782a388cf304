package org.biodl.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.biodl.jni.BioDLException;
import org.biodl.jni.Plans;
import org.biodl.jni.RunOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SettingsTest
{
    private static Settings parse(Verb task, String text)
    {
        return task.settings(text);
    }

    @Test
    void writesAndReadsEveryChoice()
    {
        String denoise = "model=[/my models/x.zip] channels=1,3 slices=current frames=current normalize=false percentile_low=2.5 "
            + "percentile_high=99 dark_objects=false scale=0.5 object_diameter=model "
            + "scale_back=false output_type=32-bit result=[in place] spread=true tile=512 memory=auto device=cuda:0";
        assertEquals(denoise, parse(Verb.DENOISE, denoise).toMacro());
        String stain = "model=x channels=DAPI slices=all frames=all normalize=true percentile_low=model percentile_high=model "
            + "dark_objects=true scale=none object_diameter=34.5 "
            + "scale_back=true "
            + "output_type=32-bit merge=true rgb=false tile=auto memory=auto device=cpu";
        assertEquals(stain, parse(Verb.STAIN, stain).toMacro());
        String run = "model=x channels=2 slices=all frames=all normalize=true percentile_low=model percentile_high=model "
            + "dark_objects=false scale=none object_diameter=model scale_back=true "
            + "output_type=automatic rgb=true image2=[other image.tif] channels2=1 tile=auto memory=auto device=auto";
        assertTrue(parse(Verb.RUN, run).toMacro().startsWith(run.substring(0, run.indexOf(" tile"))));
    }

    /** Titles of images as they come: brackets, spaces, quotes, "="; written for macros, and as ImageJ's recorder writes them. */
    @Test
    void readsAnyTitleBack()
    {
        Random random = new Random(5);
        for (int n = 0; n < 5_000; n++)
        {
            StringBuilder text = new StringBuilder();
            for (int i = 1 + random.nextInt(9); i > 0; i--)
                text.append("[] ab=.1'\"".charAt(random.nextInt(10)));
            String title = text.toString().trim();
            // what looks like the next option, or like a bracket that was forgotten, cannot be told from it
            if (title.isEmpty() || title.matches("&.*|.*\\]\\s+[a-z]\\w*([= ].*)?"))
                continue;
            Settings settings = Verb.RUN.settings("model=x").with("image2", title);
            assertEquals(title, Verb.RUN.settings(settings.toMacro()).text(NetworkOptions.image(1)), settings.toMacro());
            String value = settings.recorded(NetworkOptions.image(1));
            String recorded = "model=x image2=" + (value.indexOf(' ') < 0 ? value : "[" + value + "]");
            assertEquals(title, Verb.RUN.settings(recorded + " device=cpu").text(NetworkOptions.image(1)), recorded);
        }
    }

    @ParameterizedTest
    @EnumSource(Verb.class)
    void writesAndReadsTheDefaults(Verb task)
    {
        String text = parse(task, "model=x").toMacro();
        assertEquals(text, parse(task, text).toMacro());
    }

    @ParameterizedTest
    @EnumSource(value = Verb.class, names = "RUN")
    void needsAModel(Verb task)
    {
        BioDLException e = assertThrows(BioDLException.class, () -> parse(task, "device=cpu").require(ImageOptions.MODEL));
        assertTrue(e.text().contains("model="), e.text());
    }

    @ParameterizedTest
    @CsvSource({ "DENOISE,merge=true", "STAIN,spread=true", "RUN,result=[in place]", "DENOISE,output_type=automatic", "STAIN,rgb=maybe",
        "RUN,tile=7",
        "DENOISE,percentile_high=101", "DENOISE,chanels=1" })
    void namesWhatItDoesNotKnow(Verb task, String option)
    {
        BioDLException e = assertThrows(BioDLException.class, () -> parse(task, "model=x " + option));
        assertTrue(e.getMessage().contains(option.substring(0, option.indexOf('='))), e.getMessage());
    }

    @Test
    void onePercentileKeepsTheOtherOfTheModel()
    {
        RunOptions options = EngineOptions.run(parse(Verb.DENOISE, "model=x percentile_low=1"), Plans.model(3, 99.5));
        assertEquals(1, options.percentileLow);
        assertEquals(99.5, options.percentileHigh);
        assertNull(EngineOptions.run(parse(Verb.DENOISE, "model=x"), Plans.model(3, 99.5)).percentileLow);
    }

    @Test
    void percentilesMustMeanSomethingToTheModel()
    {
        assertThrows(BioDLException.class, () -> EngineOptions.run(parse(Verb.DENOISE, "model=x percentile_low=1"), Plans.model(0, 0)));
        assertThrows(BioDLException.class, () -> EngineOptions.run(parse(Verb.DENOISE, "model=x percentile_low=99.7"),
            Plans.model(3, 99.5)));
    }

    @Test
    void replacesOneValue()
    {
        Settings settings = parse(Verb.RUN, "model=x channels=auto").with(ImageOptions.CHANNELS, "2");
        assertEquals("2", settings.get(ImageOptions.CHANNELS));
        assertEquals("x", settings.get(ImageOptions.MODEL));
        assertNull(settings.get(NetworkOptions.image(1)));
        assertFalse(settings.isOn(NetworkOptions.MERGE));
    }

    @Test
    void memoryIsInMebibytes()
    {
        assertEquals(3L << 20, EngineOptions.run(parse(Verb.DENOISE, "model=x memory=3"), Plans.model(3, 99.5)).memoryLimit);
        assertEquals(3L << 20, EngineOptions.run(parse(Verb.SEGMENT, "memory=3"), Plans.model(3, 99.5)).memoryLimit);
        assertEquals(0, EngineOptions.run(parse(Verb.DENOISE, "model=x"), Plans.model(3, 99.5)).memoryLimit);
    }
}
