package org.biodl.ij1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Dimension;
import java.awt.Point;
import java.awt.Rectangle;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlaceTest
{
    private static final Rectangle Screen = new Rectangle(0, 0, 1024, 768);

    @Test
    void aWindowStandsToTheRightOfItsNeighbour()
    {
        assertEquals(new Point(416, 120), Place.find(new Dimension(400, 300), new Rectangle(10, 120, 400, 300), new LinkedHashMap<>(),
            Screen));
    }

    @Test
    void andElsewhereWhereNoRoomIs()
    {
        Rectangle neighbour = new Rectangle(600, 120, 400, 300);
        Map<Rectangle, Long> others = new LinkedHashMap<>();
        others.put(neighbour, 1L);
        Rectangle found = new Rectangle(Place.find(new Dimension(400, 300), neighbour, others, Screen), new Dimension(400, 300));
        assertFalse(found.intersects(neighbour));
        assertTrue(Screen.contains(found));
    }

    /** Where there is room beside all windows it is found; and a dear one is covered only where there is none beside it. */
    @Test
    void nothingIsCoveredThatNeedNotBe()
    {
        Random random = new Random(1);
        for (int i = 0; i < 500; i++)
        {
            Rectangle screen = new Rectangle(random.nextInt(2000), random.nextInt(50), 1024 + random.nextInt(2000), 768);
            Rectangle neighbour = new Rectangle(screen.x + random.nextInt(400), screen.y + random.nextInt(300), 300, 300);
            Rectangle dialog = new Rectangle(screen.x + random.nextInt(500), screen.y + random.nextInt(200), 500, 450);
            Map<Rectangle, Long> others = new LinkedHashMap<>();
            others.put(neighbour, 100L);
            others.put(dialog, 10_000L);
            Dimension size = new Dimension(200 + random.nextInt(250), 100 + random.nextInt(200));
            Rectangle found = new Rectangle(Place.find(size, neighbour, others, screen), size);
            assertTrue(screen.contains(found), found + " on " + screen);
            assertFalse(hasRoom(size, dialog, screen) && found.intersects(dialog), size + " beside " + dialog + " on " + screen);
        }
    }

    private static boolean hasRoom(Dimension size, Rectangle window, Rectangle screen)
    {
        int gap = 6;
        return window.x - screen.x >= size.width + gap || screen.x + screen.width - window.x - window.width >= size.width + gap
            || window.y - screen.y >= size.height + gap || screen.y + screen.height - window.y - window.height >= size.height + gap;
    }
}
