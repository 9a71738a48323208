using Weir.Runtime.Files.Writing;
using Weir.Testing;

namespace Weir.Runtime.Tests;

/// <summary>A job of three checkpoints, killed before each of its file operations in turn, and again while it recovers.</summary>
public sealed class FilesSinkCrashTests
{
    private static readonly int[] Rows = [.. Enumerable.Range(0, 12)];

    public FilesSinkCrashTests() => FilesRowCsv.Register();

    [Fact]
    public async Task Killed_at_any_operation_each_record_is_there_once()
    {
        var clean = new SimulatedFileSystem();
        await new Job(clean).Run();
        var operations = clean.Operations;
        Assert.Equal(Rows, Output(clean));

        for (var seed = 0; seed < 5; seed++)
        {
            for (var operation = 1L; operation <= operations; operation++)
            {
                var files = new SimulatedFileSystem(seed) { CrashAt = operation };
                await new Job(files).RunUntilDone(second: 0);
                Assert.True(Rows.SequenceEqual(Output(files)), $"Seed {seed}, killed at operation {operation}: {string.Join(' ', Output(files))}");
                Assert.True(files.ListFiles("/out").All(name => name[0] != '.'), $"Seed {seed}, killed at operation {operation}: {string.Join(' ', files.ListFiles("/out"))}");
            }
        }
    }

    [Fact]
    public async Task Killed_again_while_it_recovers_each_record_is_there_once()
    {
        var clean = new SimulatedFileSystem();
        await new Job(clean).Run();

        for (var first = 1L; first <= clean.Operations; first += 3)
        {
            for (var second = 1; second <= 25; second++)
            {
                var files = new SimulatedFileSystem((int)(first * 100) + second) { CrashAt = first };
                await new Job(files).RunUntilDone(second);
                Assert.True(Rows.SequenceEqual(Output(files)), $"Killed at operation {first}, then {second} later: {string.Join(' ', Output(files))}");
            }
        }
    }

    private static IEnumerable<int> Output(SimulatedFileSystem files) => FilesFinished.Rows(files).Select(row => row.Amount).Order();

    // The source's offset and the sink's transactions, as the newest completed checkpoint holds them.
    private sealed class Job(SimulatedFileSystem files)
    {
        private int _offset;
        private long _attempt;
        private IReadOnlyList<FileTransaction> _transactions = [];

        public async Task RunUntilDone(int second)
        {
            for (var i = 0; ; i++)
            {
                try
                {
                    await Run();
                    files.CrashAt = 0;
                    return;
                }
                catch (SimulatedCrashException)
                {
                    files.Restart();
                    files.CrashAt = i == 0 && second > 0 ? files.Operations + second : 0;
                }
            }
        }

        public async Task Run()
        {
            var process = new FilesSinkProcess(files, ++_attempt, new FileSinkOptions { MaxPartBytes = 30 });
            await process.Recover(_transactions);
            for (var next = _offset; next < Rows.Length; next += 4)
            {
                process.Write(Rows.AsEnumerable().Skip(next).Take(4).Select(i => new FilesRow("r", i)));
                var transactions = await process.PreCommit();

                // Here the manifest appears.
                (_offset, _transactions) = (next + 4, transactions);
                await process.Commit();
            }

            await process.DisposeAsync();
        }
    }
}
