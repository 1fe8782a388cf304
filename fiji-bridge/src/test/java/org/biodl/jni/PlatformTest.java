package org.biodl.jni;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlatformTest
{
    private static Path cache(String system, String... environment)
    {
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < environment.length; i += 2)
            variables.put(environment[i], environment[i + 1]);
        Map<String, String> properties = new HashMap<>();
        properties.put("os.name", system);
        properties.put("os.arch", "amd64");
        properties.put("user.home", "/home/u");
        return Platform.cache(properties::get, variables::get);
    }

    @Test
    void namesPlatformsAsDotnetDoes()
    {
        assertEquals("linux-x64", Platform.name("Linux", "amd64"));
        assertEquals("win-x64", Platform.name("Windows 11", "amd64"));
        assertEquals("osx-arm64", Platform.name("Mac OS X", "aarch64"));
        assertEquals("linux-arm64", Platform.name("Linux", "aarch64"));
    }

    @Test
    void usesTheUsersCacheFolder()
    {
        assertEquals(Paths.get("/home/u/.cache/biodl"), cache("Linux"));
        assertEquals(Paths.get("/var/cache/biodl"), cache("Linux", "XDG_CACHE_HOME", "/var/cache"));
        assertEquals(Paths.get("/home/u/.cache/biodl"), cache("Linux", "XDG_CACHE_HOME", "relative"));
        assertEquals(Paths.get("/home/u/Library/Caches/biodl"), cache("Mac OS X"));
        assertEquals(Paths.get("/local/biodl"), cache("Windows 11", "LOCALAPPDATA", "/local"));
        assertEquals(Paths.get("/chosen"), cache("Linux", "BIODL_CACHE", "/chosen", "XDG_CACHE_HOME", "/var/cache"));
    }
}
