package org.biodl.ij1.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.biodl.jni.BioDLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsSettingsTest
{
    private static final String Hash = "0123456789abcdef0123456789ABCDEF0123456789abcdef0123456789abcdef";

    private static ModelsSettings parse(String text)
    {
        return ModelsSettings.parse(text, name -> "/from/" + name);
    }

    @Test
    void nothingAskedListsThisMachine()
    {
        ModelsSettings settings = parse("");
        assertEquals("list", settings.action);
        assertFalse(settings.online);
        assertEquals("all", settings.task);
    }

    @Test
    void readsEachAction()
    {
        assertEquals("/my models/a.zip", parse("action=install source=[/my models/a.zip]").source);
        assertEquals(Hash.toLowerCase(java.util.Locale.ROOT), parse("action=install source=x sha256=" + Hash).sha256);
        assertEquals("/from/path", parse("action=install source=&path").source);
        assertEquals("lab/care", parse("action=verify id=lab/care device=cpu").id);
        assertEquals("auto", parse("action=verify id=x").device);
        assertEquals("x", parse("action=remove id=x").id);
        assertTrue(parse("action=info id=x online").online);
        assertEquals("two words", parse("action=list online=true task=Denoise filter=[two words]").filter);
        assertEquals("denoise", parse("task=Denoise").task);
    }

    @ParameterizedTest
    @CsvSource({ "action=delete id=x, action=delete", "action=verify, id", "action=remove, id", "action=info, id", "action=install, source",
        "action=install id=x, 'id'", "action=list source=x, 'source'", "action=remove id=x device=cpu, 'device'",
        "action=list task=paint, task=paint", "action=verify id=, 'id'", "action=install source=x sha256=abc, sha256=abc",
        "actoin=list, actoin",
        "action=list online=maybe, online=maybe" })
    void namesWhatIsWrong(String text, String named)
    {
        BioDLException e = assertThrows(BioDLException.class, () -> parse(text));
        assertEquals(BioDLException.INVALID_ARGUMENT, e.status());
        assertTrue(e.getMessage().contains(named), e.getMessage());
        assertFalse(e.hint().isEmpty());
    }
}
