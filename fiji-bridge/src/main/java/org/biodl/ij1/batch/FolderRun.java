package org.biodl.ij1.batch;

import ij.IJ;
import ij.ImagePlus;
import ij.measure.ResultsTable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.biodl.BioDL;
import org.biodl.ij1.Problems;
import org.biodl.ij1.StatusBar;
import org.biodl.image.NetworkImages;
import org.biodl.image.ObjectTable;
import org.biodl.image.Segmentation;
import org.biodl.jni.BioDLException;
import org.biodl.run.FolderOptions;
import org.biodl.run.ImageFolder;
import org.biodl.run.NetworkOptions;
import org.biodl.run.SegmentOptions;
import org.biodl.run.Settings;
import org.biodl.run.Verb;

/** The same done with each image of a folder. One that fails does not keep the others from being done. */
final class FolderRun
{
    private static final String TABLE = "objects.csv";
    private static final int MOST_NAMED = 10;

    private final Verb _verb;
    private final Settings _settings;
    private final ImageFolder _folder;
    private final ResultsTable _table = new ResultsTable();
    private final List<String> _failures = new ArrayList<>();
    private int _done;

    /** @param settings of FolderOptions.with(verb) */
    FolderRun(Settings settings)
    {
        _verb = FolderOptions.verb(settings);
        _settings = settings.has(NetworkOptions.RESULT) ? settings.with(NetworkOptions.RESULT, NetworkOptions.NEW_IMAGE) : settings;
        _folder = ImageFolder.of(settings);
        _table.showRowNumbers(false);
        _table.setPrecision(4);
    }

    /**
     * Do it.
     *
     * @throws BioDLException naming the images that failed, when the others are done; or when the user cancelled
     */
    void run(StatusBar progress)
    {
        File table = new File(_folder.getResults(), TABLE);
        if (_verb == Verb.SEGMENT)
            check(table);
        List<File> files = _folder.getFiles();
        boolean cancelled = false;
        for (int i = 0; i < files.size() && !cancelled; i++)
            cancelled = !progress.begin(i, files.size(), files.get(i).getName()) || !one(files.get(i), progress);
        if (_verb == Verb.SEGMENT && _done > 0)
            write(table, part -> _table.saveAs(part.getPath()));
        IJ.log("BioDL: " + _done + " of " + files.size() + " images done, results in " + _folder.getResults());
        for (String failure : _failures)
            IJ.log("BioDL: " + failure);
        if (cancelled)
            throw new BioDLException(BioDLException.CANCELLED, "Cancelled after " + _done + " of " + files.size() + " images.", "");
        if (!_failures.isEmpty())
            throw failed(files.size());
        IJ.showStatus("BioDL: " + _done + (_done == 1 ? " image done" : " images done"));
    }

    /** @return false when the user cancelled */
    private boolean one(File file, StatusBar progress)
    {
        ImagePlus image = null;
        try
        {
            image = ImageFiles.open(file);
            if (_verb == Verb.SEGMENT)
                segment(file, image, progress);
            else
                network(file, image, progress);
            _done++;
        }
        catch (RuntimeException | OutOfMemoryError e)
        {
            if (e instanceof BioDLException && ((BioDLException) e).isCancelled())
                return false;
            _failures.add(_folder.name(file) + ": " + Problems.text(e).replace('\n', ' '));
        }
        finally
        {
            if (image != null)
                image.flush();
        }
        return true;
    }

    private void segment(File file, ImagePlus image, StatusBar progress)
    {
        File labels = _folder.result(file, _verb.getSuffix() + ".tif");
        File rois = _folder.result(file, "-rois.zip");
        if (SegmentOptions.wantsLabels(_settings))
            check(labels);
        if (SegmentOptions.wantsRois(_settings))
            check(rois);
        Segmentation found = BioDL.segment(image, _settings, progress);
        if (SegmentOptions.wantsLabels(_settings))
            write(labels, part -> FolderFiles.save(found.getLabels(), part));
        if (SegmentOptions.wantsRois(_settings))
            write(rois, part -> FolderFiles.save(found.getRois(), part));
        ObjectTable.append(_table, found.getTable());
        tell(file, found.getAccount().getWarnings());
    }

    private void network(File file, ImagePlus image, StatusBar progress)
    {
        String suffix = _verb.getSuffix();
        if (!suffix.isEmpty())
            check(_folder.result(file, suffix + ".tif"));
        NetworkImages made = BioDL.run(_verb, Collections.singletonList(image), _settings, progress);
        for (int i = 0; i < made.getImages().size(); i++)
        {
            ImagePlus result = made.getImages().get(i);
            String name = made.getImages().size() == 1 && !suffix.isEmpty() ? "" : "-" + made.getRun().getPlanes().get(i).output.name
                .replaceAll("[^A-Za-z0-9._-]", "_");
            File path = _folder.result(file, suffix + name + ".tif");
            check(path);
            write(path, part -> FolderFiles.save(result, part));
            result.flush();
        }
        tell(file, made.getAccount().getWarnings());
    }

    private void tell(File file, List<String> warnings)
    {
        for (String warning : warnings)
            IJ.log("BioDL: " + _folder.name(file) + ": " + warning);
    }

    private void check(File result)
    {
        if (result.exists() && !_settings.isOn(FolderOptions.OVERWRITE))
            throw new BioDLException(BioDLException.IO, "The result " + result + " exists.",
                "Choose another folder of results, or replace the results that are there (overwrite=true).");
    }

    private static void write(File file, FolderFiles.Writer writer)
    {
        try
        {
            Files.createDirectories(file.getParentFile().toPath());
        }
        catch (IOException e)
        {
            throw new BioDLException(BioDLException.IO, "The folder " + file.getParent() + " could not be made: " + e.getMessage(),
                "Check that it can be written.");
        }
        FolderFiles.write(file, writer);
    }

    private BioDLException failed(int all)
    {
        int named = Math.min(MOST_NAMED, _failures.size());
        return new BioDLException(BioDLException.HOST, _failures.size() + " of " + all + " images failed:\n"
            + String.join("\n", _failures.subList(0, named)) + (named < _failures.size() ? "\n..." : ""), "The log names all of them.");
    }
}
