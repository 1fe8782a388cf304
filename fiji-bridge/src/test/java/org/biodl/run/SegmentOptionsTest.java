package org.biodl.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SegmentSettingsTest
{
    private static SegmentSettings parse(String text)
    {
        return SegmentSettings.parse(text, name -> name);
    }

    @Test
    void writesAndReadsEveryChoice()
    {
        String text = "model=[/my models/x] channel=3 slices=current frames=current normalize=false percentile_low=2.5 percentile_high=99 "
            + "probability=0 overlap=0.25 output=[Label Image] labels=unique exclude_border=0 integer_vertices=true overlay=false "
            + "reset_rois=true tiles=512 device=cuda:0";
        assertEquals(text, parse(text).toMacro());
    }

    @Test
    void writesAndReadsTheDefaults()
    {
        String text = new SegmentSettings().toMacro();
        assertEquals(text, parse(text).toMacro());
        assertEquals(text, parse("").toMacro());
    }

    @Test
    void writesEveryKeyOnce()
    {
        String text = " " + new SegmentSettings().toMacro();
        for (String key : SegmentSettings.Keys)
            assertEquals(2, text.split(" " + key + "=", -1).length, key);
    }

    @Test
    void knowsWhatIsWanted()
    {
        assertTrue(parse("output=Both").wantsRois() && parse("output=Both").wantsLabels());
        assertFalse(parse("output=[Label Image]").wantsRois());
        assertFalse(parse("output=[ROI Manager]").wantsLabels());
    }
}
