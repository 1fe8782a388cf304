package org.biodl.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.biodl.jni.BioDLException;
import org.biodl.jni.Plans;
import org.biodl.jni.RunOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RunSettingsTest
{
    private static RunSettings parse(RunTask task, String text)
    {
        return RunSettings.parse(task, text, name -> name);
    }

    @Test
    void writesAndReadsEveryChoice()
    {
        String denoise = "model=[/my models/x.zip] channels=1,3 slices=current frames=current normalize=false percentile_low=2.5 percentile_high=99 "
            + "scale_back=false output=32-bit result=[in place] spread=true tiles=512 device=cuda:0";
        assertEquals(denoise, parse(RunTask.DENOISE, denoise).toMacro());
        String stain = "model=x channels=DAPI slices=all frames=all normalize=true percentile_low=model percentile_high=model scale_back=true "
            + "output=32-bit merge=true rgb=false tiles=auto device=cpu";
        assertEquals(stain, parse(RunTask.STAIN, stain).toMacro());
        String run = "model=x channels=2 slices=all frames=all normalize=true percentile_low=model percentile_high=model scale_back=true "
            + "output=automatic rgb=true image2=[other image.tif] channels2=1 tiles=auto device=auto";
        assertTrue(parse(RunTask.RUN, run).toMacro().startsWith(run.substring(0, run.indexOf(" tiles"))));
    }

    @ParameterizedTest
    @EnumSource(RunTask.class)
    void writesAndReadsTheDefaults(RunTask task)
    {
        String text = parse(task, "model=x").toMacro();
        assertEquals(text, parse(task, text).toMacro());
    }

    @ParameterizedTest
    @EnumSource(RunTask.class)
    void needsAModel(RunTask task)
    {
        BioDLException e = assertThrows(BioDLException.class, () -> parse(task, "device=cpu"));
        assertTrue(e.text().contains("model="), e.text());
    }

    @ParameterizedTest
    @CsvSource({ "DENOISE,merge=true", "STAIN,spread=true", "RUN,result=[in place]", "DENOISE,output=automatic", "STAIN,rgb=maybe", "RUN,tiles=7",
        "DENOISE,percentile_high=101", "DENOISE,chanels=1" })
    void namesWhatItDoesNotKnow(RunTask task, String option)
    {
        BioDLException e = assertThrows(BioDLException.class, () -> parse(task, "model=x " + option));
        assertTrue(e.getMessage().contains(option.substring(0, option.indexOf('='))), e.getMessage());
    }

    @Test
    void onePercentileKeepsTheOtherOfTheModel()
    {
        RunOptions options = parse(RunTask.DENOISE, "model=x percentile_low=1").engine(Plans.model(3, 99.5));
        assertEquals(1, options.percentileLow);
        assertEquals(99.5, options.percentileHigh);
        assertNull(parse(RunTask.DENOISE, "model=x").engine(Plans.model(3, 99.5)).percentileLow);
    }

    @Test
    void percentilesMustMeanSomethingToTheModel()
    {
        assertThrows(BioDLException.class, () -> parse(RunTask.DENOISE, "model=x percentile_low=1").engine(Plans.model(0, 0)));
        assertThrows(BioDLException.class, () -> parse(RunTask.DENOISE, "model=x percentile_low=99.7").engine(Plans.model(3, 99.5)));
    }

    @Test
    void replacesOneValue()
    {
        RunSettings settings = parse(RunTask.RUN, "model=x channels=auto").with("channels", "2");
        assertEquals("2", settings.value("channels"));
        assertEquals("x", settings.value("model"));
        assertEquals("", settings.value("image2"));
        assertFalse(settings.flag("merge"));
    }
}
