package org.biodl.ij1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.biodl.jni.Plans;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusBarTest
{
    @ParameterizedTest
    @CsvSource({ "-1,''", "NaN,''", "0,', 0 s left'", "11.2,', 12 s left'", "99,', 99 s left'", "100,', 2 min left'",
        "5940,', 99 min left'", "6000,', 1 h 40 min left'" })
    void saysHowLongItTakes(double seconds, String text)
    {
        assertEquals(text, StatusBar.left(seconds));
    }

    @Test
    void tellsWhichTileIsComputed()
    {
        assertEquals(", tile 1 of 2", StatusBar.tile(Plans.tiles(0, 2)));
        assertEquals(", tile 2 of 2", StatusBar.tile(Plans.tiles(1, 2)));
        assertEquals(", tile 2 of 2", StatusBar.tile(Plans.tiles(2, 2)));
        assertEquals("", StatusBar.tile(Plans.tiles(0, 1)));
    }
}
