package org.biodl.ij1.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsPictureTest
{
    @TempDir
    Path folder;

    /** Red on the left, blue on the right. */
    private static byte[] png(int width, int height) throws IOException
    {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                image.setRGB(x, y, x < width / 2 ? 0xff0000 : 0x0000ff);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    private String file(byte[] content) throws IOException
    {
        return Files.write(folder.resolve("cover.png"), content).toString();
    }

    private static void isRedAndBlue(BufferedImage image)
    {
        int middle = image.getHeight() / 2;
        assertEquals(0xffff0000, image.getRGB(image.getWidth() / 4, middle));
        assertEquals(0xff0000ff, image.getRGB(3 * image.getWidth() / 4, middle));
    }

    @Test
    void largePicturesAreMadeSmallAndSmallOnesAreLeft() throws IOException
    {
        BufferedImage large = ModelsPicture.load(file(png(2001, 1000)), 200);
        assertEquals(200, large.getWidth());
        assertEquals(100, large.getHeight());
        isRedAndBlue(large);
        BufferedImage small = ModelsPicture.load(file(png(40, 30)), 200);
        assertEquals(40, small.getWidth());
        isRedAndBlue(small);
    }

    @Test
    void picturesComeFromTheWeb() throws IOException
    {
        byte[] picture = png(400, 400);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/cover.png", exchange ->
        {
            exchange.sendResponseHeaders(200, picture.length);
            try (OutputStream out = exchange.getResponseBody())
            {
                out.write(picture);
            }
        });
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        try
        {
            isRedAndBlue(ModelsPicture.load(url + "/cover.png", 100));
            assertThrows(IOException.class, () -> ModelsPicture.load(url + "/none.png", 100));
        }
        finally
        {
            server.stop(0);
        }
        assertThrows(IOException.class, () -> ModelsPicture.load(url + "/cover.png", 100));
    }

    @Test
    void whatIsNoPictureIsRefused() throws IOException
    {
        byte[] picture = png(300, 300);
        for (String place : new String[] { file("<svg/>".getBytes()), "", "/nowhere/cover.png", folder.toString(), "a\0b", "http://" })
            assertThrows(IOException.class, () -> ModelsPicture.load(place, 100), place);
        String cut = file(Arrays.copyOf(picture, picture.length / 3));
        assertThrows(IOException.class, () -> ModelsPicture.load(cut, 100));
        String large = file(new byte[ModelsPicture.MOST_BYTES + 1]);
        assertTrue(assertThrows(IOException.class, () -> ModelsPicture.load(large, 100)).getMessage().contains("larger"));
    }

    /** A file of a few bytes that says it is 2 gigapixels is refused by its header. */
    @Test
    void aPictureThatSaysItIsHugeIsRefused() throws IOException
    {
        byte[] picture = png(16, 16);
        ByteBuffer header = ByteBuffer.wrap(picture);
        // signature, length and name of the chunk take 16 bytes, then width and height; its checksum follows the 13 bytes of the chunk
        header.putInt(16, 50_000).putInt(20, 40_000);
        CRC32 crc = new CRC32();
        crc.update(picture, 12, 17);
        header.putInt(29, (int) crc.getValue());
        String huge = file(picture);
        assertTrue(assertThrows(IOException.class, () -> ModelsPicture.load(huge, 100)).getMessage().contains("50000 x 40000"));
    }
}
