package org.biodl.image;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.biodl.jni.BioDLException;

/** Files of a folder by their names without ending: images of one folder find what they are to become in another. */
final class NamedFiles
{
    private static final List<String> IMAGES = java.util.Arrays.asList("tif", "tiff", "png", "jpg", "jpeg", "bmp", "gif");
    private static final String ROI_SET = "zip";
    private static final int MOST_NAMED = 5;

    private final File _folder;
    private final Map<String, File> _files = new TreeMap<>();

    /**
     * @param sets whether ROI sets count too
     * @throws BioDLException where there is no such folder, it holds none, or two files have one name
     */
    NamedFiles(File folder, boolean sets)
    {
        _folder = folder;
        for (File file : list(folder))
            if (IMAGES.contains(ending(file)) || sets && ending(file).equals(ROI_SET))
            {
                File other = _files.put(name(file), file);
                if (other != null)
                    throw error("The folder " + folder + " has two files of one name: " + other.getName() + " and " + file.getName() + ".",
                        "Take one of them out.");
            }
        if (_files.isEmpty())
            throw error("The folder " + folder + " has no image.", "Its images are " + String.join(", ", IMAGES)
                + (sets ? ", and ROI sets zip." : "."));
    }

    List<File> files()
    {
        return new ArrayList<>(_files.values());
    }

    /**
     * The file of another folder with the same name, for each of these.
     *
     * @throws BioDLException naming files without a partner, on both sides, or where it is the same folder
     */
    List<File> partners(NamedFiles others)
    {
        if (_folder.getAbsoluteFile().equals(others._folder.getAbsoluteFile()))
            throw error("The folder " + _folder + " is given for the images and for what they are to become.", "Give two folders.");
        List<String> alone = _files.keySet().stream().filter(name -> !others._files.containsKey(name)).collect(Collectors.toList());
        List<String> left = others._files.keySet().stream().filter(name -> !_files.containsKey(name)).collect(Collectors.toList());
        if (!alone.isEmpty() || !left.isEmpty())
            throw error(missing(alone, this, others) + (alone.isEmpty() || left.isEmpty() ? "" : " ") + missing(left, others, this),
                "Names without their ending must be the same in both folders.");
        return _files.keySet().stream().map(others._files::get).collect(Collectors.toList());
    }

    static boolean isRoiSet(File file)
    {
        return ending(file).equals(ROI_SET);
    }

    private static String missing(List<String> names, NamedFiles of, NamedFiles in)
    {
        if (names.isEmpty())
            return "";
        String some = names.stream().limit(MOST_NAMED).map(name -> of._files.get(name).getName()).collect(Collectors.joining(", "));
        return names.size() + " of " + of._files.size() + " files of " + of._folder + " have no partner in " + in._folder + ": " + some
            + (names.size() > MOST_NAMED ? ", ..." : "") + ".";
    }

    private static List<File> list(File folder)
    {
        try (Stream<Path> files = Files.list(folder.toPath()))
        {
            return files.filter(file -> Files.isRegularFile(file) && !file.getFileName().toString().startsWith(".")).sorted()
                .map(Path::toFile).collect(Collectors.collectingAndThen(Collectors.toList(), Collections::unmodifiableList));
        }
        catch (IOException e)
        {
            throw error("The folder " + folder + " cannot be read: " + e.getMessage(), "Choose another one.");
        }
    }

    private static String name(File file)
    {
        return file.getName().substring(0, file.getName().length() - ending(file).length() - 1).toLowerCase(Locale.ROOT);
    }

    private static String ending(File file)
    {
        int dot = file.getName().lastIndexOf('.');
        return dot <= 0 ? "" : file.getName().substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    private static BioDLException error(String message, String hint)
    {
        return new BioDLException(BioDLException.INVALID_ARGUMENT, message, hint);
    }
}
