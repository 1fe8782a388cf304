package org.biodl.run;

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

class MacroOptionsTest
{
    private static final List<String> Known = Arrays.asList("model", "probability", "normalize", "tiles", "output");

    private static MacroOptions parse(String text)
    {
        return MacroOptions.parse(text, Known, name -> name.equals("path") ? "/a b/c" : null);
    }

    @Test
    void readsWordsBracketsAndBareKeys()
    {
        MacroOptions options = parse("  model=[/my models/a=b] probability=.5e0 normalize tiles=auto ");
        assertEquals("/my models/a=b", options.text("model", ""));
        assertEquals(0.5, options.number("probability", 0, 1));
        assertTrue(options.flag("normalize", false));
        assertEquals(0, options.whole("tiles", 0, 32, 64, "auto"));
    }

    @Test
    void readsMacroVariables()
    {
        assertEquals("/a b/c", parse("model=&path").text("model", ""));
    }

    @Test
    void leavesWhatIsNotGivenToTheDefault()
    {
        MacroOptions options = parse("");
        assertNull(options.number("probability", 0, 1));
        assertEquals("x", options.text("model", "x"));
        assertEquals(7, options.whole("tiles", 7, 32, 64, null));
    }

    @Test
    void takesChoicesHoweverCapitalised()
    {
        assertEquals("Label Image", parse("output=[label image]").one("output", "Both", "Both", "Label Image"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "modle=x", "model=[x", "model=a model=b", "=x", "x" })
    void refusesWhatItDoesNotKnow(String text)
    {
        assertThrows(BioDLException.class, () -> parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = { "0,5", "half", "1.5", "-0.1", "NaN", "Infinity", "0x1", "1d", "1e9999", "[]" })
    void namesTheMalformedNumber(String value)
    {
        BioDLException e = assertThrows(BioDLException.class, () -> parse("probability=" + value).number("probability", 0, 1));
        assertTrue(e.getMessage().contains("probability"), e.getMessage());
        assertEquals(BioDLException.INVALID_ARGUMENT, e.status());
    }

    @ParameterizedTest
    @ValueSource(strings = { "31", "65", "3.5", "99999999999", "automatic" })
    void namesTheMalformedWholeNumber(String value)
    {
        BioDLException e = assertThrows(BioDLException.class, () -> parse("tiles=" + value).whole("tiles", 0, 32, 64, "auto"));
        assertTrue(e.getMessage().contains("tiles=" + value), e.getMessage());
    }
}
