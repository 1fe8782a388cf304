package org.biodl.image;

import ij.measure.Calibration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** How large pixels are, in micrometres, whatever unit an image's calibration has. */
final class PixelSize
{
    private static final Map<String, Double> MICROMETRES = units();

    private PixelSize()
    {
    }

    /** @param slices of the image: with one there is no distance along z @return along z, y and x; 0 where it is not known */
    static double[] micrometres(Calibration calibration, int slices)
    {
        return new double[] { slices < 2 ? 0 : calibration.pixelDepth * of(calibration.getZUnit()),
            calibration.pixelHeight * of(calibration.getYUnit()), calibration.pixelWidth * of(calibration.getUnit()) };
    }

    private static double of(String unit)
    {
        String word = unit.trim().replace('\u03bc', '\u00b5').toLowerCase(Locale.ROOT);
        Double known = MICROMETRES.get(word);
        if (known == null && word.endsWith("s"))
            known = MICROMETRES.get(word.substring(0, word.length() - 1));
        return known == null ? 0 : known;
    }

    /** As the command line reads them. */
    private static Map<String, Double> units()
    {
        Map<String, Double> units = new HashMap<>();
        for (String word : new String[] { "um", "\u00b5m", "micron", "micrometer", "micrometre" })
            units.put(word, 1d);
        for (String word : new String[] { "nm", "nanometer", "nanometre" })
            units.put(word, 1e-3);
        for (String word : new String[] { "mm", "millimeter", "millimetre" })
            units.put(word, 1e3);
        for (String word : new String[] { "cm", "centimeter", "centimetre" })
            units.put(word, 1e4);
        for (String word : new String[] { "m", "meter", "metre" })
            units.put(word, 1e6);
        units.put("angstrom", 1e-4);
        units.put("inch", 25_400d);
        units.put("inches", 25_400d);
        return Collections.unmodifiableMap(units);
    }
}
