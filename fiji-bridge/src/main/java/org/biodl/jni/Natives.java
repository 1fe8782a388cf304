package org.biodl.jni;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;
import java.util.Properties;

/**
 * Loads the native libraries: from the folder that -Dbiodl.natives.dir or BIODL_NATIVES_DIR names (for development), else from this
 * user's cache, where they are unpacked from the jar at the first use, else, of a jar that has none, from where Fiji's updater puts them.
 */
public final class Natives
{
    private static Path _folder;
    private static BioDLException _failure;

    private Natives()
    {
    }

    /**
     * Load the libraries, once; later calls return at once.
     *
     * @return the folder they came from
     * @throws BioDLException when they are missing, cannot be unpacked, or do not fit
     */
    public static synchronized Path load()
    {
        if (_failure != null)
            throw new BioDLException(_failure.status(), _failure.getMessage(), _failure.hint());
        if (_folder == null)
        {
            NativeBundle bundle = chosen() == null ? bundle() : null;
            Path folder = bundle == null ? installed() : new NativeCache(Platform.cache(System::getProperty, System::getenv), version(),
                Platform.name(), bundle).unpack();
            try
            {
                loadShim(folder);
                _folder = folder;
                if (bundle != null)
                    UnpackedVersions.settle(folder);
            }
            catch (BioDLException e)
            {
                _failure = e;
                throw e;
            }
        }
        return _folder;
    }

    /** @return the version of these classes */
    public static String version()
    {
        Properties properties = new Properties();
        try (InputStream in = Natives.class.getResourceAsStream("/org/biodl/biodl.properties"))
        {
            properties.load(in);
        }
        catch (IOException | NullPointerException e)
        {
            return "unknown";
        }
        return properties.getProperty("version", "unknown");
    }

    private static String chosen()
    {
        return Platform.first(System.getProperty("biodl.natives.dir"), System.getenv("BIODL_NATIVES_DIR"));
    }

    private static Path installed()
    {
        if (chosen() != null)
            return Paths.get(chosen()).toAbsolutePath();
        Path folder = FijiFolder.find(Natives.class, Platform.name());
        if (folder == null)
            throw new BioDLException(BioDLException.IO, "This BioDL_.jar has no native libraries for " + Platform.name()
                + ", and Fiji has no " + FijiFolder.of(Platform.name()) + ".",
                "Install the jar that was built for this platform, or let Fiji's updater bring the files of BioDL.");
        return folder;
    }

    private static NativeBundle bundle()
    {
        try
        {
            return NativeBundle.find(Natives.class.getClassLoader(), Platform.name());
        }
        catch (IOException e)
        {
            throw new BioDLException(BioDLException.IO, "The native libraries could not be read from BioDL_.jar: " + e.getMessage(),
                "Was the jar replaced while ImageJ was running? Restart ImageJ.");
        }
    }

    private static void loadShim(Path folder)
    {
        Path shim = folder.resolve(Platform.fileName("biodl_jni"));
        if (!Files.isRegularFile(shim))
            throw new BioDLException(BioDLException.IO, "There is no " + shim + ".",
                "Check the folder, or leave it to BioDL to unpack its libraries.");
        try
        {
            loadInThisClassLoader(shim);
        }
        catch (UnsatisfiedLinkError | IOException | RuntimeException e)
        {
            // from Java 24 on, of a class that Java 8 does not know
            if (e.getClass().getName().equals("java.lang.IllegalCallerException"))
                throw new BioDLException(BioDLException.IO, "Java denies BioDL its native library: " + e.getMessage(),
                    "Start Java with the option --enable-native-access=ALL-UNNAMED.");
            throw new BioDLException(BioDLException.IO, "The native library " + shim + " could not be loaded: " + e.getMessage(),
                "Send this message with the text of BioDL Diagnostics to the developers.");
        }
        if (Library.abiVersion() < Library.neededAbiVersion())
            throw new BioDLException(BioDLException.IO, "The native library in " + folder + " is of an older version than this plugin.",
                "Remove other copies of BioDL and restart ImageJ.");
    }

    /**
     * A library can be loaded by one class loader only, and ImageJ makes a new one when it refreshes its menus. A second loader gets a
     * copy of the shim; the engine stays shared, because the system knows it by its soname.
     */
    private static void loadInThisClassLoader(Path shim) throws IOException
    {
        try
        {
            System.load(shim.toString());
        }
        catch (UnsatisfiedLinkError e)
        {
            if (e.getMessage() == null || !e.getMessage().contains("already loaded in another"))
                throw e;
            Path folder = Files.createTempDirectory("biodl-shim");
            Path copy = folder.resolve(shim.getFileName().toString());
            Files.copy(shim, copy, StandardCopyOption.REPLACE_EXISTING);
            System.load(copy.toString());
            deleteWhenPossible(copy, folder);
        }
    }

    /** An open library can be deleted at once, except on Windows, which does it at exit if at all. */
    private static void deleteWhenPossible(Path copy, Path folder)
    {
        if (!copy.toFile().delete() || !folder.toFile().delete())
        {
            folder.toFile().deleteOnExit();
            copy.toFile().deleteOnExit();
        }
    }
}
