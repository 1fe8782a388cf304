package org.biodl.ij1.models;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** The picture of a model, made small. Pictures come from packages, so their size is checked before memory is taken for them. */
final class ModelsPicture
{
    /** Of the file. */
    static final int MOST_BYTES = 16 << 20;
    /** Of the picture. */
    static final long MOST_PIXELS = 50_000_000;
    /** In ms, to connect and between bytes. */
    private static final int PATIENCE = 10_000;

    private ModelsPicture()
    {
    }

    /**
     * Load a picture. Not on the event thread.
     *
     * @param place a path, or a URL of http or https
     * @param side the longest side of the result in pixels; smaller pictures stay as they are
     * @throws IOException when there is none, or it is too large or of a format that Java cannot read
     */
    static BufferedImage load(String place, int side) throws IOException
    {
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(read(place))))
        {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext())
                throw new IOException("Java cannot read the format of " + place);
            ImageReader reader = readers.next();
            try
            {
                reader.setInput(in, true, true);
                return fit(decode(reader, place, side), side);
            }
            catch (RuntimeException e)
            {
                // the readers of Java's library throw many kinds for damaged files
                throw new IOException(place + " is damaged: " + e, e);
            }
            finally
            {
                reader.dispose();
            }
        }
    }

    private static BufferedImage decode(ImageReader reader, String place, int side) throws IOException
    {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if ((long) width * height > MOST_PIXELS)
            throw new IOException(place + " has " + width + " x " + height + " pixels, more than " + MOST_PIXELS);
        // every n-th pixel, as long as twice the size is left to be smoothed
        int step = Math.max(1, Math.max(width, height) / (2 * side));
        ImageReadParam parameters = reader.getDefaultReadParam();
        parameters.setSourceSubsampling(step, step, 0, 0);
        return reader.read(0, parameters);
    }

    private static BufferedImage fit(BufferedImage image, int side)
    {
        double scale = Math.min(1, (double) side / Math.max(image.getWidth(), image.getHeight()));
        int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
        int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = small.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, 0, 0, width, height, null);
        graphics.dispose();
        return small;
    }

    private static byte[] read(String place) throws IOException
    {
        if (place.matches("(?i)https?://.*"))
        {
            URLConnection connection = new URL(place).openConnection();
            connection.setConnectTimeout(PATIENCE);
            connection.setReadTimeout(PATIENCE);
            try (InputStream in = connection.getInputStream())
            {
                return read(in, place);
            }
        }
        Path file;
        try
        {
            file = Paths.get(place);
        }
        catch (java.nio.file.InvalidPathException e)
        {
            throw new IOException(place + " is no path", e);
        }
        if (!Files.isRegularFile(file))
            throw new IOException("there is no " + place);
        try (InputStream in = Files.newInputStream(file))
        {
            return read(in, place);
        }
    }

    private static byte[] read(InputStream in, String place) throws IOException
    {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 16];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer))
        {
            bytes.write(buffer, 0, n);
            if (bytes.size() > MOST_BYTES)
                throw new IOException(place + " is larger than " + MOST_BYTES + " bytes");
        }
        return bytes.toByteArray();
    }
}
