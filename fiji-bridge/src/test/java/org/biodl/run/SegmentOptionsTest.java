package org.biodl.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.biodl.jni.BioDLException;
import org.junit.jupiter.api.Test;

class SegmentOptionsTest
{
    @Test
    void writesAndReadsEveryChoice()
    {
        String text = "model=[/my models/x] channels=3 slices=current frames=2 normalize=false percentile_low=2.5 percentile_high=99 "
            + "dark_objects=true scale=0.25 object_diameter=80 "
            + "probability=0 overlap=0.25 output=[Label Image] labels=[unique over time] border=0 integer_vertices=true "
            + "exclude_edges=true min_area=2.5 max_area=100 grow=3 rings=true link=slices probability_map=true distance_map=true "
            + "overlay=false rois=add reset_rois=true table=append measure=false tile=512 memory=2000 device=cuda:0";
        assertEquals(text, Verb.SEGMENT.settings(text).toMacro());
    }

    @Test
    void readsFormerKeys()
    {
        Settings settings = Verb.SEGMENT.settings("channel=3 exclude_border=2 tiles=64");
        assertEquals("3", settings.get(ImageOptions.CHANNELS));
        assertEquals(2, settings.get(SegmentOptions.BORDER));
        assertEquals(64, settings.get(ImageOptions.TILE));
        assertTrue(assertThrows(BioDLException.class, () -> Verb.SEGMENT.settings("tile=64 tiles=64")).getMessage().contains("'tiles'"));
    }

    @Test
    void knowsWhatIsWanted()
    {
        Settings both = Verb.SEGMENT.settings();
        assertTrue(SegmentOptions.wantsRois(both) && SegmentOptions.wantsLabels(both));
        assertFalse(SegmentOptions.wantsRois(both.with(SegmentOptions.OUTPUT, SegmentOptions.LABEL_IMAGE)));
        assertFalse(SegmentOptions.wantsLabels(both.with(SegmentOptions.OUTPUT, SegmentOptions.ROI_MANAGER)));
    }

    @Test
    void scriptsMayGiveAnyNumber()
    {
        Settings settings = Verb.SEGMENT.settings().with("probability", 1).with("overlap", new java.math.BigDecimal("0.25"))
            .with("memory", 512L);
        assertEquals(1.0, settings.get(SegmentOptions.PROBABILITY));
        assertEquals(0.25, settings.get(SegmentOptions.OVERLAP));
        assertEquals(512, settings.get(ImageOptions.MEMORY));
        assertNull(settings.with(SegmentOptions.OVERLAP, null).get(SegmentOptions.OVERLAP));
    }
}
