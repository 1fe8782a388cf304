using System.Diagnostics;
using System.Net.Sockets;
using BioDL.Core;
using BioDL.Models;
using BioDL.Models.Catalogue;
using BioDL.Models.Files;
using BioDL.Tests.Cli;

namespace BioDL.Tests.Files;

/// <summary>What is no file is named, wherever a file is expected; nobody waits for it.</summary>
public sealed class FileFactsTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public void Dispose()
    {
        _socket.Dispose();
        _folder.Dispose();
    }

    [SkippableTheory]
    [InlineData("pipe", "is a pipe")]
    [InlineData("socket", "is a socket")]
    [InlineData("device", "is a device")]
    [InlineData("circle", "leads to nothing, or in a circle")]
    [InlineData("dead", "leads to nothing, or in a circle")]
    [InlineData("link to pipe", "is a pipe")]
    public void A_model_an_image_and_a_tensor_that_are_no_files_are_named(string kind, string what)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "of Linux");
        string path = Made(kind);
        Says(() => Model.Open(path).Dispose());
        Says(() => ModelCatalogue.Default.Install(path, new InstallOptions()));
        Says(() => Npy.Read(path));
        string[][] lines =
        [
            ["models", "install", path], ["info", path], ["segment", path, "--labels", _folder.File("l")],
            ["run", "--model", path, path, "--out", _folder.File("o")],
        ];
        foreach (string[] line in lines)
        {
            var (code, output, error) = CliRun.Run(line);
            Assert.Equal((1, ""), (code, output));
            Assert.Contains(what, error, StringComparison.Ordinal);
            Assert.DoesNotContain("defect", error, StringComparison.Ordinal);
        }

        void Says(Action open)
        {
            var error = Assert.Throws<BioDLException>(open);
            Assert.Contains(what, error.Message, StringComparison.Ordinal);
            Assert.True(error.Status is Status.Io or Status.NotFound && error.Hint.Length > 0, error.Hint);
        }
    }

    [SkippableFact]
    public void A_pipe_in_the_place_of_a_models_weights_is_no_file_of_its_folder()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "of Linux");
        Pipe(_folder.File("weights.onnx"));
        Assert.Throws<BioDLException>(() => Model.Open(_folder.Root));
        Assert.False(new FolderFiles(_folder.Root, _folder.Root).Exists("weights.onnx"));
        Assert.Contains("is a pipe",
            Assert.Throws<BioDLException>(() => new FolderFiles(_folder.Root, _folder.Root).Read("weights.onnx", 1 << 20)).Message,
            StringComparison.Ordinal);
    }

    private string Made(string kind)
    {
        string path = _folder.File("x.tif");
        switch (kind)
        {
            case "pipe":
                return Pipe(path);
            case "socket":
                _socket.Bind(new UnixDomainSocketEndPoint(path));
                return path;
            case "device":
                return "/dev/zero";
            case "circle":
                return File.CreateSymbolicLink(path, path).FullName;
            case "dead":
                return File.CreateSymbolicLink(path, _folder.File("nowhere")).FullName;
            default:
                return File.CreateSymbolicLink(path, Pipe(_folder.File("pipe"))).FullName;
        }
    }

    private static string Pipe(string path)
    {
        using var process = Process.Start("mkfifo", [path]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return path;
    }
}
