package org.biodl.run;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.biodl.jni.BioDLException;

/** The images of a folder in the order of their names, and where the results of each go: to folders of the same names. */
public final class ImageFolder
{
    private final Path _folder;
    private final Path _results;
    private final List<Path> _files;
    /** How many images have the same results' name, such as a.tif and a.png. */
    private final Map<Path, Integer> _names = new HashMap<>();

    private ImageFolder(Path folder, Path results, List<Path> files)
    {
        _folder = folder;
        _results = results;
        _files = files;
        for (Path file : files)
            _names.merge(withoutEnding(file), 1, Integer::sum);
    }

    /**
     * Look for images. May take a while on a network's disk, so not on the event thread.
     *
     * @param settings of FolderOptions
     * @throws BioDLException where there are none, or results would be taken for images in the next run
     */
    public static ImageFolder of(Settings settings)
    {
        Path folder = path(settings, FolderOptions.FOLDER);
        if (!Files.isDirectory(folder))
            throw error(FolderOptions.FOLDER, settings, "there is no such folder.", "Choose the folder of the images.");
        Path results = path(settings, FolderOptions.RESULTS);
        if (isSame(results, folder))
            throw error(FolderOptions.RESULTS, settings, "results among the images would be taken for images in the next run.",
                "Choose another folder, for example one in it.");
        List<Path> files = list(folder, results, settings);
        if (files.isEmpty())
            throw error(FolderOptions.FILES, settings, "no image in " + folder + " has such a name.",
                "Give other names, such as *.tif, or look into the folders in it too.");
        return new ImageFolder(folder, results, files);
    }

    /** @return the images */
    public List<File> getFiles()
    {
        return _files.stream().map(Path::toFile).collect(Collectors.toList());
    }

    /** @return where all results go */
    public File getResults()
    {
        return _results.toFile();
    }

    /** @return an image's name from the folder on, as people read it */
    public String name(File image)
    {
        return _folder.relativize(image.toPath()).toString();
    }

    /** @param suffix such as "-labels.tif" @return where a result of an image goes */
    public File result(File image, String suffix)
    {
        Path file = image.toPath();
        Path base = _names.get(withoutEnding(file)) > 1 ? file : withoutEnding(file);
        return new File(_results.resolve(_folder.relativize(base)) + suffix);
    }

    private static List<Path> list(Path folder, Path results, Settings settings)
    {
        List<PathMatcher> wanted = new ArrayList<>();
        for (String pattern : settings.get(FolderOptions.FILES).split(","))
            wanted.add(FileSystems.getDefault().getPathMatcher("glob:" + pattern.trim().toLowerCase(Locale.ROOT)
                .replaceAll("([\\\\\\[\\]{}?])", "\\\\$1")));
        try (Stream<Path> all = Files.walk(folder, settings.isOn(FolderOptions.SUBFOLDERS) ? Integer.MAX_VALUE : 1))
        {
            return all.filter(file -> !file.startsWith(results) && !file.getFileName().toString().startsWith("."))
                .filter(file -> Files.isRegularFile(file) && wanted.stream().anyMatch(pattern -> pattern.matches(lower(file))))
                .sorted().collect(Collectors.collectingAndThen(Collectors.toList(), Collections::unmodifiableList));
        }
        catch (IOException | UncheckedIOException e)
        {
            throw new BioDLException(BioDLException.IO, "The folder " + folder + " cannot be read: " + e.getMessage(),
                "Check that it can be read.");
        }
    }

    /** Links have several names. */
    private static boolean isSame(Path one, Path other)
    {
        try
        {
            return one.equals(other) || Files.exists(one) && Files.isSameFile(one, other);
        }
        catch (IOException e)
        {
            return false;
        }
    }

    private static Path lower(Path file)
    {
        return file.getFileSystem().getPath(file.getFileName().toString().toLowerCase(Locale.ROOT));
    }

    private static Path withoutEnding(Path file)
    {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? file : file.resolveSibling(name.substring(0, dot));
    }

    private static Path path(Settings settings, Option<String> option)
    {
        return new File(settings.require(option)).toPath().toAbsolutePath().normalize();
    }

    private static OptionException error(Option<String> option, Settings settings, String problem, String remedy)
    {
        return new OptionException(option, option.getKey() + "=" + settings.text(option), problem, remedy, remedy);
    }
}
