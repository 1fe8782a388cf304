package org.biodl.ij1.train;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import javax.swing.JComponent;
import org.biodl.jni.TrainingPoint;

/** Loss of training and of the checks over steps. Used on the event thread. */
final class CurvePlot extends JComponent
{
    private static final Color TRAINING = new Color(0, 114, 178);
    private static final Color CHECKS = new Color(213, 94, 0);
    private static final Color GRID = new Color(228, 228, 228);
    private static final int LEFT = 62;
    private static final int RIGHT = 24;
    private static final int TOP = 26;
    private static final int BOTTOM = 34;
    private static final int DOT = 6;
    /** At first the axis shows this part of the steps at least. */
    private static final int LONG = 10;
    /** At most so many along an axis, and one. */
    private static final int TICKS = 5;
    /** A loss that falls further than this is drawn on a logarithmic axis. */
    private static final double WIDE = 8;

    private final transient List<TrainingPoint> _points = new ArrayList<>();
    private int _steps = 1;
    private double _low;
    private double _high;
    private boolean _logarithmic;

    CurvePlot()
    {
        setPreferredSize(new Dimension(430, 280));
        setName("curve");
        setOpaque(true);
    }

    /** @param steps of the whole training; as much of them is shown as suits what is done */
    void add(List<TrainingPoint> more, int steps)
    {
        _points.addAll(more);
        int last = _points.isEmpty() ? 0 : _points.get(_points.size() - 1).step;
        // the beginning of a long training is seen too
        _steps = Math.max(1, Math.min(steps, Math.max(steps / LONG, 2 * last)));
        repaint();
    }

    /** @return how many points are drawn */
    int count()
    {
        return _points.size();
    }

    @Override
    protected void paintComponent(Graphics graphics)
    {
        Graphics2D g = (Graphics2D) graphics.create();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, getWidth(), getHeight());
        range();
        frame(g);
        draw(g, TRAINING, "loss", LEFT + 6, point -> point.loss);
        draw(g, CHECKS, "loss of the checks", LEFT + 66, point -> point.validationLoss);
        g.dispose();
    }

    private void range()
    {
        _low = Double.POSITIVE_INFINITY;
        _high = Double.NEGATIVE_INFINITY;
        for (TrainingPoint point : _points)
            for (double value : new double[] { point.loss, point.validationLoss })
                if (!Double.isNaN(value))
                {
                    _low = Math.min(_low, value);
                    _high = Math.max(_high, value);
                }
        if (!(_low <= _high))
        {
            _low = 0;
            _high = 1;
        }
        _logarithmic = _low > 0 && _high > WIDE * _low;
        double room = _logarithmic ? Math.pow(_high / _low, 0.05) : Math.max((_high - _low) * 0.08, Math.abs(_high) * 1e-3 + 1e-12);
        _low = _logarithmic ? _low / room : _low - room;
        _high = _logarithmic ? _high * room : _high + room;
    }

    private void frame(Graphics2D g)
    {
        int bottom = getHeight() - BOTTOM;
        for (double value : _points.isEmpty() ? new ArrayList<Double>() : ticks(_low, _high, _logarithmic))
        {
            int y = (int) Math.round(y(value));
            String text = TrainingText.number(value);
            g.setColor(GRID);
            g.drawLine(LEFT, y, getWidth() - RIGHT, y);
            g.setColor(Color.DARK_GRAY);
            g.drawString(text, LEFT - 6 - g.getFontMetrics().stringWidth(text), y + 4);
        }
        for (double step : ticks(0, _steps, false))
        {
            int x = (int) Math.round(x(step));
            String text = Long.toString(Math.round(step));
            g.setColor(GRID);
            g.drawLine(x, TOP, x, bottom);
            g.setColor(Color.DARK_GRAY);
            g.drawString(text, x - g.getFontMetrics().stringWidth(text) / 2, bottom + 14);
        }
        g.drawRect(LEFT, TOP, getWidth() - LEFT - RIGHT, bottom - TOP);
        String axis = _points.isEmpty() ? "the first check is still to come" : "step" + (_logarithmic ? " (losses: logarithmic)" : "");
        g.drawString(axis, LEFT + (getWidth() - LEFT - RIGHT - g.getFontMetrics().stringWidth(axis)) / 2, getHeight() - 6);
    }

    /** @return round numbers from low to high: 1, 2 and 5 times a power of ten apart, or on a logarithmic axis these themselves */
    static List<Double> ticks(double low, double high, boolean logarithmic)
    {
        List<Double> ticks = new ArrayList<>();
        if (logarithmic)
        {
            for (int power = (int) Math.floor(Math.log10(low)); power <= Math.log10(high); power++)
                for (int digit : new int[] { 1, 2, 5 })
                    if (digit * Math.pow(10, power) >= low && digit * Math.pow(10, power) <= high)
                        ticks.add(digit * Math.pow(10, power));
            return ticks;
        }
        double part = (high - low) / TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(part)));
        double apart = part <= power ? power : part <= 2 * power ? 2 * power : part <= 5 * power ? 5 * power : 10 * power;
        for (double tick = Math.ceil(low / apart) * apart; tick <= high + apart * 1e-9; tick += apart)
            ticks.add(tick);
        return ticks;
    }

    private void draw(Graphics2D g, Color color, String name, int legend, ToDoubleFunction<TrainingPoint> of)
    {
        Path2D path = new Path2D.Double();
        g.setColor(color);
        for (TrainingPoint point : _points)
        {
            double value = of.applyAsDouble(point);
            if (Double.isNaN(value))
                continue;
            if (path.getCurrentPoint() == null)
                path.moveTo(x(point.step), y(value));
            else
                path.lineTo(x(point.step), y(value));
            if (_points.size() < getWidth() / DOT)
                g.fillOval((int) x(point.step) - DOT / 2 + 1, (int) y(value) - DOT / 2 + 1, DOT - 1, DOT - 1);
        }
        g.setStroke(new BasicStroke(1.6f));
        g.draw(path);
        g.fillRect(legend, TOP - 15, 12, 4);
        g.drawString(name, legend + 16, TOP - 9);
    }

    private double x(double step)
    {
        return LEFT + step / _steps * (getWidth() - LEFT - RIGHT);
    }

    private double y(double value)
    {
        double part = _logarithmic ? Math.log(value / _low) / Math.log(_high / _low) : (value - _low) / (_high - _low);
        return getHeight() - BOTTOM - part * (getHeight() - TOP - BOTTOM);
    }
}
