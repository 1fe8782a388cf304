package org.biodl.ij1;

import ij.IJ;
import java.awt.Choice;
import java.awt.Dialog;
import java.util.List;
import javax.swing.Timer;
import org.biodl.jni.CatalogueEntry;
import org.biodl.jni.Model;
import org.biodl.run.ImageOptions;
import org.biodl.run.OpenModels;

/** The model of a dialog: the list, and the opening of what is chosen there, off the event thread. Used on the event thread. */
final class ModelField
{
    /** In ms: most models are open by then, and the dialog appears with its fields. */
    private static final int SOON = 500;
    private static final int SECOND = 1000;

    /** Who is told what becomes of the model; on the event thread. */
    interface Listener
    {
        /** @param text that a model is being opened, and since when; "" when that is over */
        void opening(String text);

        /** Another model is open. */
        void opened();

        /** It cannot be opened; the former one stays. */
        void failed(Throwable problem);
    }

    private final ModelChoice _choice;
    private final Listener _listener;
    private final Errand _opening = new Errand("BioDL model");
    private final Errand _listing = new Errand("BioDL model list");
    private final Timer _clock = new Timer(SECOND, event -> tell());
    private Choice _list;
    private Dialog _dialog;
    private Model _model;
    private String _coming = "";
    private long _since;

    /** @param path what to select; "" leaves it to ModelChoice @param suggested the one to begin with; "" for none */
    ModelField(CatalogueEntry.Task task, String path, String suggested, Listener listener)
    {
        _choice = new ModelChoice(task, path, suggested);
        _listener = listener;
    }

    /** @return the one whose fields are shown; null while there is none */
    Model model()
    {
        return _model;
    }

    /** @return of the chosen model, which may not be open yet; "" when none is chosen */
    String path()
    {
        return _coming.isEmpty() ? _choice.path() : _coming;
    }

    boolean isOpening()
    {
        return _opening.isRunning();
    }

    /** Wait a moment for the model, so that the dialog appears with its fields. Before the dialog is shown, not on the event thread. */
    void openSoon()
    {
        String path = _choice.path();
        if (path.isEmpty())
            return;
        Thread thread = new Thread(() ->
        {
            try
            {
                OpenModels.open(path);
            }
            catch (RuntimeException | Error e)
            {
                // the dialog tries again and says what is wrong
            }
        }, "BioDL model");
        thread.setDaemon(true);
        thread.start();
        try
        {
            thread.join(SOON);
        }
        catch (InterruptedException e)
        {
            Thread.currentThread().interrupt();
        }
        if (OpenModels.isOpen(path))
            opened(path, OpenModels.open(path));
    }

    /** Add the list to a dialog that is being built. */
    void addTo(Form form, Dialog dialog)
    {
        _dialog = dialog;
        List<String> names = _choice.names();
        _list = form.choose(ImageOptions.MODEL, ImageOptions.MODEL.getLabel(), names, names, _choice.selected());
        _list.addItemListener(event -> listed());
    }

    /** The dialog is on the screen: a model that takes longer is opened now. */
    void begin()
    {
        if (_model == null && !_choice.path().isEmpty())
            open(_choice.path());
    }

    /** Models may have been installed meanwhile. */
    void refresh()
    {
        _listing.start(ModelChoice::installed, this::refresh, problem -> IJ.log("BioDL: " + problem.getMessage()));
    }

    void browse()
    {
        choose(ModelChoice.ask(_dialog));
    }

    /** @param path null for the one that is chosen already */
    void choose(String path)
    {
        if (path != null && !path.equals(path()))
            open(path);
        fill();
    }

    /** Nobody is told of anything any more. */
    void close()
    {
        _opening.forget();
        _listing.forget();
        _clock.stop();
    }

    private void refresh(List<CatalogueEntry> installed)
    {
        String added = _choice.add(installed);
        if (added == null)
            return;
        fill();
        if (path().isEmpty())
            open(added);
    }

    private void listed()
    {
        String path = _choice.path(_list.getSelectedItem());
        if (path == null)
            return;
        if (path.isEmpty())
            browse();
        else
            choose(path);
    }

    private void open(String path)
    {
        _choice.offer(path);
        _coming = path;
        _since = System.nanoTime();
        _clock.restart();
        tell();
        _opening.start(() -> OpenModels.open(path), this::opened, this::failed);
    }

    private void opened(Model model)
    {
        opened(_coming, model);
        ended();
        _listener.opened();
    }

    private void failed(Throwable problem)
    {
        _choice.drop(_coming);
        ended();
        fill();
        _listener.failed(problem);
    }

    private void opened(String path, Model model)
    {
        _model = model;
        _choice.select(path);
    }

    private void ended()
    {
        _coming = "";
        _clock.stop();
        _listener.opening("");
    }

    private void tell()
    {
        long seconds = (System.nanoTime() - _since) / 1_000_000_000;
        _listener.opening("Opening " + _choice.name(_coming) + "..." + (seconds > 0 ? " " + seconds + " s" : ""));
    }

    private void fill()
    {
        _list.removeAll();
        for (String name : _choice.names())
            _list.add(name);
        _list.select(_coming.isEmpty() ? _choice.selected() : _choice.name(_coming));
    }
}
