package org.biodl.ij1.train;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.swing.JComponent;
import org.biodl.jni.TrainingPicture;

/** A part of a validation image: what the network sees, what it makes of it, and what it should. Used on the event thread. */
final class PicturePanel extends JComponent
{
    private static final int CAPTION = 18;
    private static final int GAP = 6;
    private static final int LARGEST_SCALE = 4;
    /** In percent: what is black and what is white. */
    private static final double LOW = 0.2;
    private static final double HIGH = 99.8;

    private final transient List<BufferedImage> _planes = new ArrayList<>();
    private final List<String> _names = new ArrayList<>();
    private int _step;

    PicturePanel()
    {
        setPreferredSize(new Dimension(430, 190));
        setName("picture");
        setOpaque(true);
    }

    /** From any thread: work that the event thread need not do. @return what show() takes */
    static List<BufferedImage> images(TrainingPicture picture)
    {
        List<BufferedImage> images = new ArrayList<>();
        for (float[] plane : picture.planes)
            images.add(image(plane, picture.width, picture.height));
        return images;
    }

    void show(TrainingPicture picture, List<BufferedImage> images)
    {
        _planes.clear();
        _planes.addAll(images);
        _names.clear();
        _names.addAll(picture.names);
        _step = picture.step;
        repaint();
    }

    /** @return the step that the picture is of; 0 while there is none */
    int step()
    {
        return _step;
    }

    private static BufferedImage image(float[] values, int width, int height)
    {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        float low = sorted[(int) (LOW / 100 * (sorted.length - 1))];
        float high = sorted[(int) (HIGH / 100 * (sorted.length - 1))];
        float scale = high > low ? 255 / (high - low) : 0;
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        byte[] pixels = ((java.awt.image.DataBufferByte) image.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < pixels.length; i++)
            pixels[i] = (byte) Math.max(0, Math.min(255, Math.round((values[i] - low) * scale)));
        return image;
    }

    @Override
    protected void paintComponent(Graphics graphics)
    {
        Graphics2D g = (Graphics2D) graphics.create();
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, getWidth(), getHeight());
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
        g.setColor(Color.DARK_GRAY);
        if (_planes.isEmpty())
            g.drawString("A part of an image that is held back is shown here after each check.", GAP, CAPTION);
        else
            paintPlanes(g);
        g.dispose();
    }

    private void paintPlanes(Graphics2D g)
    {
        int count = _planes.size();
        BufferedImage first = _planes.get(0);
        double scale = Math.min(LARGEST_SCALE, Math.min((double) (getWidth() - GAP * (count + 1)) / count / first.getWidth(),
            (double) (getHeight() - CAPTION - GAP) / first.getHeight()));
        int width = Math.max(1, (int) (scale * first.getWidth()));
        int height = Math.max(1, (int) (scale * first.getHeight()));
        for (int i = 0; i < count; i++)
        {
            int x = GAP + i * (width + GAP);
            g.drawString(_names.get(i) + (i == 1 ? ", step " + _step : ""), x, CAPTION - 5);
            g.drawImage(_planes.get(i), x, CAPTION, width, height, null);
        }
    }
}
