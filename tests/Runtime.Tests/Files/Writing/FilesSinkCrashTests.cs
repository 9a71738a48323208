using Weir.Testing;

namespace Weir.Runtime.Tests;

/// <summary>A job of three checkpoints, killed before each of its file operations in turn, and again while it recovers.</summary>
public sealed class FilesSinkCrashTests
{
    private const int Seeds = 5;
    private static readonly int[] Rows = [.. Enumerable.Range(0, 12)];

    public FilesSinkCrashTests() => FilesRowCsv.Register();

    [Fact]
    public async Task Killed_at_any_operation_each_record_is_there_once()
    {
        for (var operation = 1L; operation <= await Operations(isTaking: false); operation++)
        {
            for (var seed = 0; seed < Seeds; seed++)
            {
                var files = new SimulatedFileSystem(seed) { CrashAt = operation };
                await new FilesSinkJob(files, Rows).RunUntilDone();
                Once(files, $"Seed {seed}, killed at operation {operation}");
            }
        }
    }

    [Fact]
    public async Task Killed_again_while_it_recovers_each_record_is_there_once()
    {
        for (var first = 1L; first <= await Operations(isTaking: false); first += 3)
        {
            for (var second = 1; second <= 60; second++)
            {
                var files = new SimulatedFileSystem((int)(first * 100) + second) { CrashAt = first };
                await new FilesSinkJob(files, Rows).RunUntilDone(second);
                Once(files, $"Killed at operation {first}, then {second} later");
            }
        }
    }

    [Fact]
    public async Task H23_killed_at_any_operation_while_a_reader_takes_files_away_each_record_is_there_once()
    {
        for (var operation = 1L; operation <= await Operations(isTaking: true); operation++)
        {
            for (var second = 0; second <= 60; second += 4)
            {
                var files = new SimulatedFileSystem((int)(operation * 100) + second) { CrashAt = operation };
                var reader = new FilesReader(files);
                await new FilesSinkJob(files, Rows) { AfterCommit = reader.Take }.RunUntilDone(second, reader.Take);
                Once(files, $"Killed at operation {operation}, then {second} later");
            }
        }
    }

    [Fact]
    public async Task Killed_at_any_operation_and_fallen_back_to_an_older_checkpoint_each_record_is_there_once()
    {
        for (var operation = 1L; operation <= await Operations(isTaking: false); operation++)
        {
            for (var second = 0; second <= 60; second += 2)
            {
                var files = new SimulatedFileSystem((int)(operation * 100) + second) { CrashAt = operation };
                var job = new FilesSinkJob(files, Rows) { Retained = 3 };
                var isDamaged = false;
                await job.RunUntilDone(second, () =>
                {
                    if (!isDamaged && job.Checkpoints > 1)
                    {
                        isDamaged = true;
                        job.DamageNewest();
                    }
                });
                Once(files, $"Killed at operation {operation}, then {second} later");
            }
        }
    }

    [Fact]
    public async Task Fallen_back_after_a_reader_took_files_the_job_says_what_is_doubled_and_doubles_nothing_else()
    {
        var refused = 0;
        for (var operation = 1L; operation <= await Operations(isTaking: true); operation++)
        {
            var files = new SimulatedFileSystem((int)operation) { CrashAt = operation };
            var reader = new FilesReader(files);
            var job = new FilesSinkJob(files, Rows) { Retained = 3, AfterCommit = reader.Take };
            await Record.ExceptionAsync(job.Run);
            files.Restart();
            reader.Take();
            if (job.Checkpoints < 2)
            {
                continue;
            }

            var newest = job.NewestFiles;
            job.DamageNewest();
            var taken = reader.Taken();
            var before = files.ListFiles("/out");
            try
            {
                await job.Run();
                Once(files, $"Killed at operation {operation}");
            }
            catch (SinkException error)
            {
                refused++;
                Assert.Contains("FileSinkOptions.AcceptsDoubledOutput", error.Message, StringComparison.Ordinal);
                Assert.Contains(newest, name => error.Message.Contains(name, StringComparison.Ordinal));
                Assert.Equal(taken, reader.Taken());
                Assert.Equal(before, files.ListFiles("/out"));
            }
        }

        Assert.InRange(refused, 10, int.MaxValue);
    }

    [Fact]
    public async Task H21_killed_at_any_operation_and_robbed_of_its_checkpoints_the_job_is_refused_or_repeats_nothing()
    {
        var refused = 0;
        for (var operation = 1L; operation <= await Operations(isTaking: false); operation++)
        {
            for (var seed = 0; seed < Seeds; seed++)
            {
                var files = new SimulatedFileSystem(seed) { CrashAt = operation };
                var job = new FilesSinkJob(files, Rows);
                await Assert.ThrowsAsync<SimulatedCrashException>(job.Run);
                files.Restart();
                job.LoseCheckpoints();
                var finished = new FilesReader(files).Rows().Length;
                try
                {
                    await job.Run();
                    Assert.Equal(0, finished);
                    Once(files, $"Seed {seed}, killed at operation {operation}");
                }
                catch (SinkException error)
                {
                    refused++;
                    Assert.Contains("of this job, without a checkpoint", error.Message, StringComparison.Ordinal);
                    Assert.Equal(finished, new FilesReader(files).Rows().Length);
                }
            }
        }

        Assert.InRange(refused, 10, int.MaxValue);
    }

    private static async Task<long> Operations(bool isTaking)
    {
        var files = new SimulatedFileSystem();
        await new FilesSinkJob(files, Rows) { AfterCommit = isTaking ? new FilesReader(files).Take : () => { } }.Run();
        var operations = files.Operations;
        Assert.Equal(Rows, new FilesReader(files).Rows());
        return operations;
    }

    private static void Once(SimulatedFileSystem files, string when)
    {
        var rows = new FilesReader(files).Rows();
        Assert.True(Rows.SequenceEqual(rows), $"{when}: {string.Join(' ', rows)}");
        Assert.True(files.ListFiles("/out").All(name => name[0] != '.'), $"{when}: {string.Join(' ', files.ListFiles("/out"))}");
        Assert.InRange(files.ListFiles("/out/.weir").Count, 2, 10);
    }
}
