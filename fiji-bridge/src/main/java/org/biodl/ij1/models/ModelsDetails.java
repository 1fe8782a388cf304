package org.biodl.ij1.models;

import java.awt.BorderLayout;
import java.awt.EventQueue;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import javax.swing.BorderFactory;
import javax.swing.ImageIcon;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextPane;
import javax.swing.text.BadLocationException;
import javax.swing.text.SimpleAttributeSet;
import javax.swing.text.StyleConstants;
import javax.swing.text.StyledDocument;
import org.biodl.jni.CatalogueEntry;

/** What one model says of itself, with its picture. The text is plain: a package's description is never taken for HTML. */
final class ModelsDetails extends JPanel
{
    /** The longest side of a picture in pixels. */
    private static final int PICTURE_SIDE = 200;
    private static final int MOST_PICTURES = 64;

    private final JTextPane _text = new JTextPane();
    private final JLabel _picture = new JLabel("", JLabel.CENTER);
    private final Executor _background;
    /** Pictures loaded before, by place; null where there is none to be had. Used on the event thread. */
    private final Map<String, BufferedImage> _pictures = new LinkedHashMap<String, BufferedImage>()
    {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, BufferedImage> eldest)
        {
            return size() > MOST_PICTURES;
        }
    };
    private CatalogueEntry _shown;

    /** @param background loads pictures */
    ModelsDetails(Executor background)
    {
        super(new BorderLayout());
        _background = background;
        _text.setEditable(false);
        _text.setName("details");
        _picture.setName("picture");
        _picture.setBorder(BorderFactory.createEmptyBorder(6, 6, 6, 6));
        _picture.setVisible(false);
        add(_picture, BorderLayout.NORTH);
        add(new JScrollPane(_text), BorderLayout.CENTER);
        show(null);
    }

    /** @param entry null for none */
    void show(CatalogueEntry entry)
    {
        _shown = entry;
        _text.setText("");
        if (entry == null)
            append("Select a model to see what it is.", false);
        else
        {
            append(ModelsText.name(entry) + "\n", true);
            for (Map.Entry<String, String> detail : ModelsText.details(entry).entrySet())
            {
                append("\n" + detail.getKey() + "\n", true);
                append(detail.getValue() + "\n", false);
            }
        }
        _text.setCaretPosition(0);
        showPicture(entry == null ? "" : entry.cover);
    }

    private void append(String text, boolean bold)
    {
        StyledDocument document = _text.getStyledDocument();
        SimpleAttributeSet style = new SimpleAttributeSet();
        StyleConstants.setBold(style, bold);
        try
        {
            document.insertString(document.getLength(), text, style);
        }
        catch (BadLocationException e)
        {
            throw new IllegalStateException(e);
        }
    }

    private void showPicture(String place)
    {
        BufferedImage picture = _pictures.get(place);
        _picture.setIcon(picture == null ? null : new ImageIcon(picture));
        _picture.setVisible(picture != null);
        if (picture != null || place.isEmpty() || _pictures.containsKey(place))
            return;
        _background.execute(() ->
        {
            BufferedImage loaded = loadOrNull(place);
            EventQueue.invokeLater(() ->
            {
                _pictures.put(place, loaded);
                if (loaded != null && _shown != null && _shown.cover.equals(place))
                    showPicture(place);
            });
        });
    }

    /** A model without its picture is still a model. */
    private static BufferedImage loadOrNull(String place)
    {
        try
        {
            return ModelsPicture.load(place, PICTURE_SIDE);
        }
        catch (IOException | OutOfMemoryError e)
        {
            return null;
        }
    }
}
