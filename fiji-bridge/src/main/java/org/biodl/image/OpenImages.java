package org.biodl.image;

import ij.ImagePlus;
import ij.gui.Roi;
import java.util.List;

/** What is open in ImageJ, for a training that takes it. */
public interface OpenImages
{
    /** @return the image that is worked on; null for none */
    ImagePlus current();

    /** @return all of them */
    List<ImagePlus> all();

    /** @return the one with a title, or null */
    ImagePlus named(String title);

    /** @return the ROIs of the ROI Manager, else of the current image's overlay */
    List<Roi> rois();
}
