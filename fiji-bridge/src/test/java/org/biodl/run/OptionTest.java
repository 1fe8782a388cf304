package org.biodl.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.biodl.jni.BioDLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionTest
{
    private static final Option<String> MODEL = new Option<>("model", "Model", "", Format.text(), null);
    private static final Option<Double> PROBABILITY = new Option<>("probability", "Probability", "", Format.number(0, 1, "model"), null);
    private static final Option<Boolean> NORMALIZE = new Option<>("normalize", "Normalize", "", Format.flag(), false);
    private static final Option<Integer> TILE = new Option<>("tile", "Tile", "", Format.whole(32, 64, "auto"), null, "tiles");
    private static final Option<String> OUTPUT = new Option<>("output", "Output", "", Format.oneOf("Both", "Label Image"), "Both");
    private static final List<Option<?>> KNOWN = Arrays.asList(MODEL, PROBABILITY, NORMALIZE, TILE, OUTPUT);

    private static Settings parse(String text)
    {
        return Settings.parse(KNOWN, text, name -> name.equals("path") ? "/a b/c" : null);
    }

    @Test
    void readsWordsBracketsAndBareKeys()
    {
        Settings settings = parse("  model=[/my models/a=b] probability=.5e0 normalize tiles=auto ");
        assertEquals("/my models/a=b", settings.get(MODEL));
        assertEquals(0.5, settings.get(PROBABILITY));
        assertTrue(settings.isOn(NORMALIZE));
        assertNull(settings.get(TILE));
    }

    @Test
    void readsMacroVariables()
    {
        assertEquals("/a b/c", parse("model=&path").get(MODEL));
    }

    @Test
    void leavesWhatIsNotGivenToTheDefault()
    {
        Settings settings = parse("");
        assertNull(settings.get(PROBABILITY));
        assertEquals("Both", settings.get(OUTPUT));
        assertFalse(settings.isGiven(MODEL));
        assertEquals("probability=model normalize=false tile=auto output=Both", settings.toMacro());
    }

    @Test
    void takesChoicesHoweverCapitalised()
    {
        assertEquals("Label Image", parse("output=[label image]").get(OUTPUT));
    }

    @ParameterizedTest
    @ValueSource(strings = { "modle=x", "model=[x", "model=a model=b", "=x", "x", "tile=32 tiles=32", "model=[]" })
    void refusesWhatItDoesNotKnow(String text)
    {
        assertThrows(BioDLException.class, () -> parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = { "0,5", "half", "1.5", "-0.1", "NaN", "Infinity", "0x1", "1d", "1e9999", "[]" })
    void namesTheMalformedNumber(String value)
    {
        BioDLException e = assertThrows(BioDLException.class, () -> parse("probability=" + value));
        assertTrue(e.getMessage().contains("probability"), e.getMessage());
        assertEquals(BioDLException.INVALID_ARGUMENT, e.status());
    }

    @ParameterizedTest
    @ValueSource(strings = { "31", "65", "3.5", "99999999999", "automatic" })
    void namesTheMalformedWholeNumber(String value)
    {
        BioDLException e = assertThrows(BioDLException.class, () -> parse("tiles=" + value));
        assertTrue(e.getMessage().contains("tiles=" + value), e.getMessage());
    }

    @ParameterizedTest
    @EnumSource(Verb.class)
    void aListHasEachKeyOnceAndWordsForIt(Verb verb)
    {
        Set<String> keys = new HashSet<>();
        for (Option<?> option : verb.getOptions())
        {
            assertTrue(keys.add(option.getKey()), option.getKey());
            assertFalse(option.getLabel().isEmpty() || option.getHelp().isEmpty(), option.getKey());
        }
    }
}
