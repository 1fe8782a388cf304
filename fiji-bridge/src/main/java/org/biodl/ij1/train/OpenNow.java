package org.biodl.ij1.train;

import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.plugin.frame.RoiManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.biodl.image.OpenImages;

/** What is open in ImageJ now. */
public final class OpenNow implements OpenImages
{
    private final ImagePlus _current;

    /** @param current the image that is worked on; null for none */
    public OpenNow(ImagePlus current)
    {
        _current = current;
    }

    @Override
    public ImagePlus current()
    {
        return _current;
    }

    @Override
    public List<ImagePlus> all()
    {
        List<ImagePlus> images = new ArrayList<>();
        int[] ids = WindowManager.getIDList();
        for (int id : ids == null ? new int[0] : ids)
            images.add(WindowManager.getImage(id));
        images.removeIf(image -> image == null);
        if (_current != null && !images.contains(_current))
            images.add(0, _current);
        return images;
    }

    @Override
    public ImagePlus named(String title)
    {
        return WindowManager.getImage(title);
    }

    /** Those of the manager; where it is empty, those of the image's overlay. */
    @Override
    public List<Roi> rois()
    {
        RoiManager manager = RoiManager.getInstance2();
        if (manager != null && manager.getCount() > 0)
            return Arrays.asList(manager.getRoisAsArray());
        Overlay overlay = _current == null ? null : _current.getOverlay();
        return overlay == null ? Collections.emptyList() : Arrays.asList(overlay.toArray());
    }
}
