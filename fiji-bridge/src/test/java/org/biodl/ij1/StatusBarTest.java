package org.biodl.ij1;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
}
