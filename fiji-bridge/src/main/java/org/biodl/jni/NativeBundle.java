package org.biodl.jni;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.CRC32;

/** The native libraries that came with the classes, inside their jar or in the folder the classes were compiled to. */
abstract class NativeBundle
{
    /** One file, as the jar's directory describes it. */
    static final class Item
    {
        final String name;
        final long size;
        final long crc;

        Item(String name, long size, long crc)
        {
            this.name = name;
            this.size = size;
            this.crc = crc;
        }
    }

    /** Sorted by name. */
    final List<Item> items = new ArrayList<>();

    abstract InputStream open(Item item) throws IOException;

    /** @return 8 hexadecimal digits that differ when any file differs */
    String fingerprint()
    {
        CRC32 crc = new CRC32();
        for (Item item : items)
            crc.update((item.name + ':' + item.size + ':' + Long.toHexString(item.crc) + '\n')
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }

    /**
     * Find the libraries of a platform.
     *
     * @return null when there are none
     */
    static NativeBundle find(ClassLoader loader, String platform) throws IOException
    {
        String folder = "natives/" + platform + "/";
        URL shim = loader.getResource(folder + Platform.fileName("biodl_jni"));
        if (shim == null)
            return null;
        URLConnection connection = shim.openConnection();
        NativeBundle bundle;
        if (connection instanceof JarURLConnection)
            bundle = ofJar(((JarURLConnection) connection).getJarFile(), folder);
        else
            bundle = ofFolder(path(shim).getParent());
        bundle.items.sort(Comparator.comparing(item -> item.name));
        return bundle;
    }

    /** The jar stays open: it is the one the class loader uses. */
    static NativeBundle ofJar(JarFile jar, String folder)
    {
        NativeBundle bundle = new NativeBundle()
        {
            @Override
            InputStream open(Item item) throws IOException
            {
                return jar.getInputStream(jar.getJarEntry(folder + item.name));
            }
        };
        for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements();)
        {
            JarEntry entry = entries.nextElement();
            String name = entry.getName().startsWith(folder) ? entry.getName().substring(folder.length()) : "";
            if (!name.isEmpty() && name.indexOf('/') < 0 && name.indexOf('\\') < 0)
                bundle.items.add(new Item(name, entry.getSize(), entry.getCrc()));
        }
        return bundle;
    }

    static NativeBundle ofFolder(Path folder) throws IOException
    {
        NativeBundle bundle = new NativeBundle()
        {
            @Override
            InputStream open(Item item) throws IOException
            {
                return Files.newInputStream(folder.resolve(item.name));
            }
        };
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder))
        {
            for (Path file : files)
                if (Files.isRegularFile(file))
                    bundle.items.add(new Item(file.getFileName().toString(), Files.size(file), crc(file)));
        }
        return bundle;
    }

    static long crc(Path file) throws IOException
    {
        CRC32 crc = new CRC32();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file))
        {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer))
                crc.update(buffer, 0, n);
        }
        return crc.getValue();
    }

    private static Path path(URL url) throws IOException
    {
        try
        {
            return Paths.get(url.toURI());
        }
        catch (java.net.URISyntaxException | IllegalArgumentException e)
        {
            throw new IOException("cannot read " + url, e);
        }
    }
}
