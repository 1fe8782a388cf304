package org.biodl.image;

import ij.process.LUT;
import java.awt.Color;
import java.util.Locale;

/** The colour that microscopists expect of a channel, from its name; grey where the name says nothing. */
public final class StainColors
{
    private static final Color FAR = new Color(255, 0, 255);

    /** A pattern and its colour; the first that is found counts. Words that are parts of others come later. */
    private static final Object[][] KNOWN = {
        { "bright.?field|phase|\\bdic\\b|transmi|\\bbf\\b|\\bph\\b|polari[sz]|spread|scale|uncertain", Color.white },
        { "lamin|nuclear.?envelope", Color.red },
        { "dapi|hoechst|\\bdna\\b|nucle(us|i|ar)|chromatin|histone|\\bh2b\\b|draq|er.?tracker.?blue|\\bcfp\\b|blue", Color.blue },
        { "cy5|alexa.?6[0-9]{2}|far.?red|\\bfar\\b|nucleol|mitotracker.?deep|irfp|dil?d\\b|magenta", FAR },
        { "tritc|\\brfp\\b|cherry|tomato|texas|cy3|alexa.?5[4-9][0-9]|rhodamin|phalloidin|f?-?actin"
              + "|tubulin|dsred|\\bred\\b|\\bpi\\b|propidium", Color.red },
        { "gfp|fitc|membrane|\\bcell.?mask\\b|alexa.?488|cy2|\\bwga\\b|mitochondri"
              + "|tom20|sec61|\\ber\\b|reticulum|golgi|green|neon|calcein|\\bmap2\\b", Color.green },
        { "yfp|venus|yellow|citrine", Color.yellow },
        { "cyan", Color.cyan },
    };

    private StainColors()
    {
    }

    /** @return the colour of a channel of this name */
    public static Color of(String name)
    {
        String words = name.toLowerCase(Locale.ROOT).replace('_', ' ').replaceAll("([a-z])-", "$1 ");
        for (Object[] known : KNOWN)
            if (java.util.regex.Pattern.compile((String) known[0]).matcher(words).find())
                return (Color) known[1];
        return Color.white;
    }

    /** @return a table from black to the colour of a channel of this name */
    public static LUT lut(String name)
    {
        return LUT.createLutFromColor(of(name));
    }
}
