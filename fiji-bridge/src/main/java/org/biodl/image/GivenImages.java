package org.biodl.image;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Images that a script gives, in place of those that are open. ROIs are those of the first one's overlay. */
public final class GivenImages implements OpenImages
{
    private final List<ImagePlus> _images;

    public GivenImages(List<ImagePlus> images)
    {
        _images = images;
    }

    @Override
    public ImagePlus current()
    {
        return _images.isEmpty() ? null : _images.get(0);
    }

    @Override
    public List<ImagePlus> all()
    {
        return _images;
    }

    @Override
    public ImagePlus named(String title)
    {
        return _images.stream().filter(image -> image.getTitle().equals(title)).findFirst().orElse(null);
    }

    @Override
    public List<Roi> rois()
    {
        Overlay overlay = _images.isEmpty() ? null : current().getOverlay();
        return overlay == null ? Collections.emptyList() : Arrays.asList(overlay.toArray());
    }
}
