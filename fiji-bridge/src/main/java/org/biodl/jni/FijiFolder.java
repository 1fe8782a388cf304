package org.biodl.jni;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.security.CodeSource;

/**
 * Where Fiji's updater puts the natives of a plugin: Fiji/lib/PLATFORM, which it brings to machines of that platform alone. Ours are in a
 * folder of their own there, because other plugins may bring another ONNX Runtime. The jar lies in Fiji/plugins or below.
 */
final class FijiFolder
{
    /** Folders between the jar and Fiji's own: plugins, and up to two in it. */
    private static final int DEEPEST = 3;

    private FijiFolder()
    {
    }

    /**
     * @param platform .NET's name, such as "linux-x64"
     * @return the folder in Fiji's, such as "lib/linux64/biodl", by the updater's name of the platform
     */
    static String of(String platform)
    {
        String name = platform.startsWith("osx") ? platform.replace("osx", "macos") : platform;
        return "lib/" + name.replace("-x64", "64") + "/biodl";
    }

    /** @return the folder with the libraries that belong to the jar of a class; null when there is none */
    static Path find(Class<?> ours, String platform)
    {
        CodeSource source = ours.getProtectionDomain().getCodeSource();
        try
        {
            return source == null ? null : find(Paths.get(new URI(source.getLocation().toString().replace(" ", "%20"))), platform);
        }
        catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e)
        {
            return null;    // classes that come from no file
        }
    }

    /** @return the same for a jar */
    static Path find(Path jar, String platform)
    {
        Path folder = jar.toAbsolutePath().getParent();
        for (int i = 0; i < DEEPEST && folder != null; i++)
        {
            folder = folder.getParent();
            Path libraries = folder == null ? null : folder.resolve(of(platform));
            if (libraries != null && Files.isRegularFile(libraries.resolve(Platform.fileName("biodl_jni"))))
                return libraries;
        }
        return null;
    }
}
