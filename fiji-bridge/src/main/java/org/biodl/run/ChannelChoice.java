package org.biodl.run;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.biodl.jni.BioDLException;

/** Channels of an image as users write them: "all", "auto", or numbers from 1 and names, such as "1,3" or "DAPI,brightfield". */
public final class ChannelChoice
{
    private ChannelChoice()
    {
    }

    /**
     * @param text what the user wrote
     * @param names of the channels, "" where one has none
     * @param needed channels that the network takes
     * @param current 0-based channel that is shown
     * @return 0-based channels in the order given, null for all
     * @throws BioDLException naming what is no channel
     */
    public static int[] resolve(String text, List<String> names, int needed, int current)
    {
        int count = names.size();
        if (text.equalsIgnoreCase(ImageOptions.ALL) || text.equalsIgnoreCase(ImageOptions.AUTO) && needed == count)
            return null;
        if (text.equalsIgnoreCase(ImageOptions.AUTO))
            return needed == 1 || needed > count ? new int[] { Math.min(current, count - 1) } : first(needed);
        Set<Integer> chosen = new LinkedHashSet<>();
        for (String part : text.split(","))
            if (!chosen.add(find(part.trim(), names, text)))
                throw error(text, "channel " + part.trim() + " is named twice.", "Name each channel once.");
        return chosen.stream().mapToInt(Integer::intValue).toArray();
    }

    /** @return as macros write it, from 1 */
    public static String text(int[] channels)
    {
        if (channels == null)
            return ImageOptions.ALL;
        StringBuilder text = new StringBuilder();
        for (int c : channels)
            text.append(text.length() == 0 ? "" : ",").append(c + 1);
        return text.toString();
    }

    private static int find(String part, List<String> names, String text)
    {
        for (int i = 0; i < names.size(); i++)
            if (!part.isEmpty() && names.get(i).equalsIgnoreCase(part))
                return i;
        if (part.matches("[0-9]{1,6}"))
        {
            int number = Integer.parseInt(part);
            if (number >= 1 && number <= names.size())
                return number - 1;
        }
        String known = String.join(", ", names).replaceAll("^[, ]+$", "");
        throw error(text, "the image has no channel '" + part + "'; it has " + names.size() + " channel(s)"
            + (known.isEmpty() ? "." : ": " + known + "."), "Give numbers from 1 to " + names.size()
            + " or names, separated by commas, or 'all'.");
    }

    private static int[] first(int count)
    {
        int[] channels = new int[count];
        for (int i = 0; i < count; i++)
            channels[i] = i;
        return channels;
    }

    private static BioDLException error(String value, String problem, String hint)
    {
        return new OptionException(ImageOptions.CHANNELS, "channels=" + value, problem, hint, hint);
    }
}
