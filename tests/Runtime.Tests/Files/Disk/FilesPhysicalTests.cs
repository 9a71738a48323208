using System.Text;
using Weir.Runtime.Files.Disk;
using Weir.Runtime.Files.Writing;
using Weir.Runtime.Tests.Checkpoints.Store;

namespace Weir.Runtime.Tests;

/// <summary>The machine's own file system, in a directory that is gone afterwards.</summary>
public sealed class FilesPhysicalTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly PhysicalFileSystem _files = PhysicalFileSystem.Instance;
    private readonly string _root = Directory.CreateTempSubdirectory("weir-files-").FullName;

    public FilesPhysicalTests() => FilesRowCsv.Register();

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_rename_moves_a_file_and_never_replaces_one()
    {
        Write("a", "one");
        Write("b", "two");

        var error = Assert.Throws<IOException>(() => _files.Rename(At("a"), At("b")));
        Assert.Contains($"Cannot rename '{At("a")}' to '{At("b")}': the target exists already", error.Message, StringComparison.Ordinal);
        Assert.Equal("two", File.ReadAllText(At("b")));

        _files.Rename(At("a"), At("c"));
        Assert.Equal("one", File.ReadAllText(At("c")));
        Assert.Equal(["b", "c"], _files.ListFiles(_root));
        Assert.Contains(At("a"), Assert.Throws<FileNotFoundException>(() => _files.Rename(At("a"), At("d"))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_file_never_replaces_one()
    {
        Write("a", "one");

        Assert.Contains(At("a"), Assert.Throws<IOException>(() => _files.CreateNew(At("a"))).Message, StringComparison.Ordinal);
        Assert.Equal("one", File.ReadAllText(At("a")));
    }

    [Fact(Timeout = 10_000)]
    public async Task A_pipe_is_refused_instead_of_waited_for()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "asks the kernel of Linux");
        using (var made = System.Diagnostics.Process.Start("mkfifo", [At("pipe.csv")]))
        {
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var error = await Assert.ThrowsAnyAsync<IOException>(() => Task.Run(() => _files.OpenRead(At("pipe.csv"))));
        Assert.IsAssignableFrom<IPermanentFailure>(error);
        Assert.Contains($"'{At("pipe.csv")}' is a pipe", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_open_files_are_said_with_the_limit_to_raise()
    {
        var error = FileErrors.Named(new IOException($"Too many open files : '{At("a")}'") { HResult = 24 }, At("a"));
        Assert.Contains(At("a"), error.Message, StringComparison.Ordinal);
        Assert.Contains("ulimit -n", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_to_itself_and_a_device_are_refused_for_good()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "asks the kernel of Linux");
        File.CreateSymbolicLink(At("loop.csv"), At("loop.csv"));

        Refuse(At("loop.csv"), "is a link that leads back to itself");
        Refuse("/dev/zero", "is a device");

        void Refuse(string path, string reason)
        {
            var error = Assert.ThrowsAny<IOException>(() => _files.OpenRead(path));
            Assert.IsAssignableFrom<IPermanentFailure>(error);
            Assert.Contains($"'{path}' {reason}", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Bytes_and_names_can_be_made_durable()
    {
        DurableDirectory.Create(_files, At("x/y/z"));
        using (var file = _files.CreateNew(At("x/y/z/f")))
        {
            file.Write("abc"u8);
            file.Write("def"u8);
            file.Sync();
            Assert.Equal(6, file.Length);
        }

        _files.SyncDirectory(At("x/y/z"));

        using var read = _files.OpenRead(At("x/y/z/f"));
        var buffer = new byte[10];
        Assert.Equal(4, read.Read(buffer, 2));
        Assert.Equal("cdef", Encoding.UTF8.GetString(buffer, 0, 4));
        Assert.Equal(0, read.Read(buffer, 6));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Contains(At("none"), Assert.Throws<FileNotFoundException>(() => _files.SyncDirectory(At("none"))).Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Deleting_what_is_not_there_is_harmless()
    {
        _files.DeleteFile(At("a"));
        _files.DeleteFile(At("no/a"));
        _files.DeleteDirectory(At("no"));
        _files.CreateDirectory(At("d"));
        _files.CreateDirectory(At("d"));
        Write("d/f", "x");
        _files.DeleteDirectory(At("d"));

        Assert.False(_files.DirectoryExists(At("d")));
        Assert.Empty(_files.ListDirectories(_root));
    }

    [Fact]
    public void A_lock_is_held_by_one()
    {
        using (var held = _files.TryLock(At("lock")))
        {
            Assert.NotNull(held);
            Assert.Null(_files.TryLock(At("lock")));
        }

        using var again = _files.TryLock(At("lock"));
        Assert.NotNull(again);
    }

    [Fact]
    public void A_full_disk_is_told_with_the_path()
    {
        var named = FileErrors.Named(new IOException("No space left on device") { HResult = 28 }, "/data/x");

        Assert.Contains("The disk that holds '/data/x' is full", named.Message, StringComparison.Ordinal);
        Assert.True(FileErrors.IsDiskFull(named));
        Assert.Same(named, FileErrors.Named(named, "/data/x"));
    }

    [Fact]
    public void What_may_not_be_read_is_told_so()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has other permissions.");
            return;
        }

        const UnixFileMode Enter = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        const UnixFileMode Open = Enter | UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        Write("in/a.csv", "name,amount\n");
        File.SetUnixFileMode(_root, Open);
        File.SetUnixFileMode(At("in"), Open);
        File.SetUnixFileMode(At("in/a.csv"), UnixFileMode.None);
        Assert.Contains("may not be read", Refusal(), StringComparison.Ordinal);

        File.SetUnixFileMode(At("in"), Enter);
        var message = Refusal();
        File.SetUnixFileMode(At("in"), Open);
        Assert.Contains($"'{At("in")}' may not be listed", message, StringComparison.Ordinal);

        string Refusal()
        {
            using var nobody = new Unprivileged();
            return Assert.Throws<SourceException>(() => Csv.Read<FilesRow>(At("in")).List()).Message;
        }
    }

    [Fact]
    public void A_directory_in_place_of_a_file_is_no_input()
    {
        Directory.CreateDirectory(At("in/sub"));

        Assert.Contains("nor are directories", Assert.Throws<SourceException>(() => Csv.Read<FilesRow>(At("in")).List()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_directory_that_is_a_file_is_refused()
    {
        Write("out", "x");

        var error = Assert.Throws<SinkException>(
            () => Weir.Files.JsonLines<FilesRow>(At("out"))
            .Open(new SinkContext("job", "totals", 0, 1, new RunId(0xa), TimeProvider.System)));

        Assert.Contains($"'{At("out")}' is a file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_travel_from_files_to_files()
    {
        Write("in/a.csv", "name,amount\n" + string.Concat(Enumerable.Range(0, 20000).Select(i => $"n{i % 7},{i}\n")));
        var source = Csv.Read<FilesRow>(At("in/*.csv"));
        Assert.Equal(2, source.List(parallelism: 2).Count);
        var records = source.ReadAll(parallelism: 2, batchSize: 1024);

        var sink = (FileSinkWriter<FilesRow>)Weir.Files.JsonLines<FilesRow>(At("out"))
            .Open(new SinkContext("job", "totals", 0, 1, new RunId(0xa), TimeProvider.System));
        await sink.CleanUpAsync(new RecoveryContext(null, []), None);
        var transaction = sink.Begin();
        foreach (var chunk in records.Chunk(1000))
        {
            var batch = new Batch<FilesRow>();
            batch.Lend(chunk, 0, chunk.Length);
            sink.Write(transaction, batch);
        }

        var checkpoint = new CheckpointName(1, new CheckpointId(1));
        await sink.CommitAsync(await sink.PreCommitAsync(transaction, checkpoint, None), checkpoint, None);
        await sink.DisposeAsync();

        Assert.Equal(["part-job+totals-000000000000000a-chk-1.a1-0-0.jsonl"], _files.ListFiles(At("out")));
        Assert.Equal(records, JsonLines.Read<FilesRow>(At("out")).ReadAll(parallelism: 3, batchSize: 1024));
    }

    [Fact]
    public async Task A_store_keeps_checkpoints_between_processes()
    {
        using (var store = new FileCheckpointStore(At("chk")))
        {
            var attempt = (await store.FenceAsync("flights", new RunId(7), None)).Attempt;
            await store.WriteStateAsync("flights", new(attempt, new(1)), "totals-0", "state"u8.ToArray());
            await store.WriteManifestAsync("flights", new(attempt, new(1)), "manifest"u8.ToArray(), None);
            using var other = new FileCheckpointStore(At("chk"));
            await Assert.ThrowsAsync<CheckpointStoreException>(async () => await other.FenceAsync("flights", new RunId(7), None));
            await store.ReleaseAsync("flights", attempt);
        }

        using var next = new FileCheckpointStore(At("chk"));
        Assert.Equal(2, (await next.FenceAsync("flights", new RunId(7), None)).Attempt);
        Assert.Equal([new CheckpointName(1, new(1))], await next.ListAsync("flights", None));
        Assert.Equal("state", Encoding.UTF8.GetString(await next.ReadStateAsync("flights", new(1, new(1)), "totals-0")));
        await Assert.ThrowsAsync<FencedException>(
            async () => await next.WriteManifestAsync("flights", new(1, new(1)), "other"u8.ToArray(), None));
        await next.DeleteAsync("flights", 2, new(1, new(1)), None);
        Assert.Empty(await next.ListAsync("flights", None));
    }

    private string At(string name) => Path.Combine(_root, name);

    private void Write(string name, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        File.WriteAllText(At(name), content);
    }
}
