package org.biodl.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.biodl.jni.BioDLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelChoiceTest
{
    private static final List<String> Names = Arrays.asList("phase", "DAPI", "7");

    private static int[] resolve(String text, int needed)
    {
        return ChannelChoice.resolve(text, Names, needed, 1);
    }

    @Test
    void takesNumbersAndNamesInTheOrderGiven()
    {
        assertArrayEquals(new int[] { 2, 0 }, resolve("3,1", 1));
        assertArrayEquals(new int[] { 1, 0 }, resolve("dapi, Phase", 2));
        assertArrayEquals(new int[] { 2 }, resolve("7", 1), "a name that is a number");
    }

    @Test
    void autoIsWhatTheNetworkTakes()
    {
        assertNull(resolve("auto", 3));
        assertArrayEquals(new int[] { 1 }, resolve("auto", 1), "the channel that is shown");
        assertArrayEquals(new int[] { 0, 1 }, resolve("auto", 2));
        assertNull(resolve("ALL", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = { "0", "4", "GFP", "1,,2", "1,1", "1,phase", "-1", "" })
    void namesWhatIsNoChannel(String text)
    {
        BioDLException e = assertThrows(BioDLException.class, () -> resolve(text, 1));
        assertTrue(e.getMessage().contains("channels=" + text), e.getMessage());
    }

    @Test
    void writesThemAsMacrosDo()
    {
        assertEquals("3,1", ChannelChoice.text(new int[] { 2, 0 }));
        assertEquals("all", ChannelChoice.text(null));
    }
}
