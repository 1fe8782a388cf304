package org.biodl.ij1;

import ij.gui.ImageWindow;
import ij.text.TextWindow;
import java.awt.Dialog;
import java.awt.Dimension;
import java.awt.Frame;
import java.awt.GraphicsConfiguration;
import java.awt.IllegalComponentStateException;
import java.awt.Insets;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.Toolkit;
import java.awt.Window;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.swing.Timer;

/**
 * Where a new window goes: beside another one, on the screen, and over as little as possible of what is there. Windows with buttons are
 * covered last of all.
 */
public final class Place
{
    private static final int GAP = 6;
    private static final int LATE_MS = 200;
    /** What covering one pixel of a window costs. */
    private static final long OF_A_DIALOG = 1_000_000;
    private static final long OF_BUTTONS = 10_000;
    private static final long OF_ITS_NEIGHBOUR = 100;
    private static final long OF_OTHERS = 1;

    private Place()
    {
    }

    /** Move a window that has its size beside another. Nothing is moved where there is no window, as in batch mode. */
    public static void beside(Window window, Window neighbour)
    {
        Rectangle place = window == null ? null : find(window, window.getSize(), neighbour);
        if (place != null)
            window.setLocation(place.x, place.y);
    }

    /**
     * Where a window is to stand, so that it gets its place and size once: a window system that answers late undoes the
     * second of two moves.
     *
     * @param window to be placed, null for one that is not made yet
     * @param size that it will have
     * @return null where its neighbour is not on the screen
     */
    public static Rectangle find(Window window, Dimension size, Window neighbour)
    {
        if (neighbour == null || !neighbour.isShowing())
            return null;
        Map<Rectangle, Long> others = new LinkedHashMap<>();
        for (Window other : others(window))
            others.merge(bounds(other), cost(other), Math::max);
        others.put(bounds(neighbour), Math.max(OF_ITS_NEIGHBOUR, cost(neighbour)));
        return new Rectangle(find(size, bounds(neighbour), others, screen(neighbour)), size);
    }

    /** Move windows that stand over some others, and leave them where they are otherwise: ImageJ remembers where users like them. */
    public static void clear(Window window, Window... free)
    {
        for (Window each : free)
            if (window != null && each != null && window != each && window.isShowing() && bounds(window).intersects(bounds(each)))
            {
                beside(window, each);
                return;
            }
    }

    /** Place windows now, and again a moment later: a window system that answers late to their first place undoes the second one. */
    public static void nowAndLate(Runnable placing)
    {
        placing.run();
        Timer late = new Timer(LATE_MS, event -> placing.run());
        late.setRepeats(false);
        late.start();
    }

    /** @return whether a window at this place stands over a dialog */
    public static boolean coversDialog(Rectangle place)
    {
        for (Window other : others(null))
            if (other instanceof Dialog && bounds(other).intersects(place))
                return true;
        return false;
    }

    /** Where the window system has it: what AWT remembers of a window that answered late may be wrong for good. */
    private static Rectangle bounds(Window window)
    {
        try
        {
            return new Rectangle(window.getLocationOnScreen(), window.getSize());
        }
        catch (IllegalComponentStateException e)
        {
            // it is not shown, or was closed a moment ago
            return window.getBounds();
        }
    }

    private static List<Window> others(Window window)
    {
        List<Window> others = new ArrayList<>();
        for (Window other : Window.getWindows())
            if (other != window && other.isShowing() && (other instanceof Frame || other instanceof Dialog))
                others.add(other);
        return others;
    }

    /** Move a window that has its size to a place, or as near as it is on the screen whole. */
    static void at(Window window, Point place)
    {
        Rectangle screen = screen(window);
        int x = Math.min(place.x, screen.x + screen.width - window.getWidth());
        int y = Math.min(place.y, screen.y + screen.height - window.getHeight());
        window.setLocation(Math.max(screen.x, x), Math.max(screen.y, y));
    }

    /**
     * To the right of its neighbour where that is free, else wherever least is covered.
     *
     * @param size of the new window
     * @param others windows that are there, and what covering a pixel of each costs
     * @return the top left corner
     */
    static Point find(Dimension size, Rectangle neighbour, Map<Rectangle, Long> others, Rectangle screen)
    {
        Point wanted = new Point(neighbour.x + neighbour.width + GAP, neighbour.y);
        List<Rectangle> edges = new ArrayList<>(others.keySet());
        edges.add(0, neighbour);
        Point best = null;
        long least = Long.MAX_VALUE;
        for (int x : starts(edges, size.width, screen.x, screen.width, true))
            for (int y : starts(edges, size.height, screen.y, screen.height, false))
            {
                long distance = Math.abs(x - wanted.x) + Math.abs(y - wanted.y);
                long cost = covered(new Rectangle(x, y, size.width, size.height), others) * (1 << 16) + distance;
                if (cost < least)
                {
                    least = cost;
                    best = new Point(x, y);
                }
            }
        return best;
    }

    /** Along one axis: before and after each window, at its start, and at both ends of the screen. */
    private static List<Integer> starts(List<Rectangle> edges, int size, int screen, int room, boolean across)
    {
        List<Integer> starts = new ArrayList<>();
        for (Rectangle edge : edges)
        {
            int start = across ? edge.x : edge.y;
            int length = across ? edge.width : edge.height;
            for (int each : new int[] { start + length + GAP, start, start - size - GAP, screen, screen + room })
                starts.add(Math.max(screen, Math.min(each, screen + room - size)));
        }
        return starts;
    }

    private static long covered(Rectangle window, Map<Rectangle, Long> others)
    {
        long cost = 0;
        for (Map.Entry<Rectangle, Long> other : others.entrySet())
        {
            Rectangle both = window.intersection(other.getKey());
            if (!both.isEmpty())
                cost += (long) both.width * both.height * other.getValue();
        }
        return cost;
    }

    private static long cost(Window window)
    {
        boolean plain = window instanceof ImageWindow || window instanceof TextWindow;
        return plain ? OF_OTHERS : window instanceof Dialog ? OF_A_DIALOG : OF_BUTTONS;
    }

    private static Rectangle screen(Window window)
    {
        GraphicsConfiguration configuration = window.getGraphicsConfiguration();
        Rectangle screen = configuration.getBounds();
        Insets taken = Toolkit.getDefaultToolkit().getScreenInsets(configuration);
        return new Rectangle(screen.x + taken.left, screen.y + taken.top, screen.width - taken.left - taken.right,
            screen.height - taken.top - taken.bottom);
    }
}
