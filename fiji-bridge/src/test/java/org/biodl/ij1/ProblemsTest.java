package org.biodl.ij1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.biodl.jni.BioDLException;
import org.biodl.run.Option;
import org.biodl.run.Verb;
import org.junit.jupiter.api.Test;

class ProblemsTest
{
    @Test
    void longSentencesAreWrapped()
    {
        String text = "The image is larger than what the network was made for, and so is what would come of it, so that nothing is done.\n"
            + "Make it smaller.";
        String wrapped = Problems.wrapped(text);
        for (String line : wrapped.split("\n"))
            assertTrue(line.length() <= 80, line);
        assertEquals(text.replace('\n', ' '), wrapped.replace('\n', ' '));
    }

    /** Paths are not torn. */
    @Test
    void whatHasNoSpacesStaysWhole()
    {
        String path = String.join("/", java.util.Collections.nCopies(40, "folder"));
        assertEquals("In\n" + path + "\nthere is nothing.", Problems.wrapped("In " + path + " there is nothing."));
        assertEquals("\na  b\n", Problems.wrapped("\na  b\n"));
    }

    /** Whatever is typed wrongly into a field, its message names the field as the dialog does, and no key. */
    @Test
    void dialogsSpeakOfLabels()
    {
        for (Verb verb : Verb.values())
            for (Option<?> option : verb.getOptions())
                if (option.getFormat().getKind() != org.biodl.run.Format.Kind.TEXT)
                    for (String text : new String[] { "nonsense", "", "-1", "1e99" })
                    {
                        BioDLException problem = assertThrows(BioDLException.class, () -> verb.settings().with(option.getKey(), text));
                        String told = Problems.inDialog(problem);
                        assertTrue(told.startsWith(option.getLabel() + ": "), told);
                        assertFalse(told.contains(option.getKey() + "=") || told.contains("'" + option.getKey() + "'"), told);
                        assertTrue(problem.text().contains(option.getKey()), problem.text());
                    }
    }
}
