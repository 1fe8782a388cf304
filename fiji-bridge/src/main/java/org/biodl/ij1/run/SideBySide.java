package org.biodl.ij1.run;

import ij.ImagePlus;
import java.awt.Canvas;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Frame;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.awt.image.BufferedImage;
import org.biodl.ij1.Place;

/** A small window with two pictures of the same part of an image. It takes no focus, so that the image stays the current one. */
final class SideBySide
{
    /** Of a picture, in pixels. */
    private static final int[] SIDES = { 380, 280, 200 };
    private static final int GAP = 6;
    private static final int CAPTION = 20;

    private final Frame _frame = new Frame();
    private final Pictures _pictures = new Pictures();
    private final ImagePlus _image;
    /** Where it was put; elsewhere the user has moved it, and there it stays. */
    private Point _place;
    /** Where it stood before that: a window system that answers late sets it back there, which is no move of the user. */
    private Point _before;

    /** @param closed called when the user closes the window */
    SideBySide(ImagePlus image, Runnable closed)
    {
        _image = image;
        _frame.setTitle("Preview of " + image.getTitle());
        _frame.setFocusableWindowState(false);
        _frame.setResizable(false);
        _frame.add(_pictures);
        // it knows its borders from now on
        _frame.pack();
        _frame.addWindowListener(new WindowAdapter()
        {
            @Override
            public void windowClosing(WindowEvent event)
            {
                closed.run();
            }
        });
    }

    /** Show two pictures of the same size, as large as they fit: smaller rather than over a dialog. */
    void show(BufferedImage left, BufferedImage right)
    {
        Point now = _frame.getLocation();
        boolean moved = _place != null && !now.equals(_place) && !now.equals(_before);
        Rectangle place = null;
        for (int largest : SIDES)
        {
            double scale = Math.min(4, (double) largest / Math.max(left.getWidth(), left.getHeight()));
            _pictures.set(left, right, new Dimension(Math.max(1, (int) (left.getWidth() * scale)),
                Math.max(1, (int) (left.getHeight() * scale))));
            // the frame keeps the size that it preferred before
            _pictures.invalidate();
            place = moved ? null : Place.find(_frame, _frame.getPreferredSize(), _image.getWindow());
            if (place == null || !Place.coversDialog(place))
                break;
        }
        if (place != null)
            _frame.setBounds(place);
        else
            _frame.pack();
        if (!moved && !_frame.getLocation().equals(now))
            _before = now;
        _place = moved ? _place : _frame.getLocation();
        if (!_frame.isVisible())
            _frame.setVisible(true);
        _pictures.repaint();
    }

    void dispose()
    {
        _frame.dispose();
    }

    private static final class Pictures extends Canvas
    {
        private static final long serialVersionUID = 1L;

        private transient BufferedImage _left;
        private transient BufferedImage _right;
        private Dimension _size = new Dimension(1, 1);

        void set(BufferedImage left, BufferedImage right, Dimension size)
        {
            _left = left;
            _right = right;
            _size = size;
        }

        @Override
        public Dimension getPreferredSize()
        {
            return new Dimension(2 * _size.width + GAP, _size.height + CAPTION);
        }

        @Override
        public void update(Graphics graphics)
        {
            paint(graphics);
        }

        @Override
        public void paint(Graphics graphics)
        {
            if (_left == null)
                return;
            Graphics2D g = (Graphics2D) graphics;
            g.setColor(Color.white);
            g.fillRect(0, 0, getWidth(), getHeight());
            g.setColor(Color.black);
            g.drawString("Input", GAP, CAPTION - GAP);
            g.drawString("Result", _size.width + 2 * GAP, CAPTION - GAP);
            g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
            g.drawImage(_left, 0, CAPTION, _size.width, _size.height, null);
            g.drawImage(_right, _size.width + GAP, CAPTION, _size.width, _size.height, null);
        }
    }
}
