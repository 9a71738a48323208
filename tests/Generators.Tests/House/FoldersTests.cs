using System.Text.RegularExpressions;

namespace Weir.Generators.Tests.House;

/// <summary>The folders of the runtime stand on one another, and never in a ring.</summary>
public sealed partial class FoldersTests
{
    [Fact]
    public void No_folder_of_the_runtime_uses_itself_by_way_of_others()
    {
        var cycle = Folders.Now.Names.Select(CycleFrom).FirstOrDefault(path => path is not null);
        Assert.True(cycle is null, $"These folders of src/Runtime use one another in a ring:\n{cycle}");
    }

    [Fact]
    public void The_compiler_has_seen_who_uses_whom()
    {
        Offenders.None(Folders.Now.Unseen);
        Assert.Contains("Streams", Folders.Now.UsedBy("Channels").Keys);
        Assert.Contains("Time", Folders.Now.UsedBy("Channels").Keys);
        Assert.DoesNotContain("Running", Folders.Now.UsedBy("Streams").Keys);
    }

    /// <summary>The page lists the folders from low to high; a folder uses what stands below it.</summary>
    [Fact]
    public void The_architecture_page_draws_every_folder_above_those_that_it_uses()
    {
        var drawn = Drawn();
        Assert.True(
            Folders.Now.Names.Order(StringComparer.Ordinal).SequenceEqual(drawn.Order(StringComparer.Ordinal)),
            $"docs/architecture.md does not draw each folder once. From low to high they are:\n{FromLowToHigh()}");
        Offenders.None(
            from folder in drawn
            from used in Folders.Now.UsedBy(folder)
            where drawn.IndexOf(used.Key) > drawn.IndexOf(folder)
            select $"{used.Key} is drawn above {folder}, but {used.Value}");
    }

    // In the order of the table: a row is a layer, the lowest first.
    private static List<string> Drawn() =>
    [
        .. File.ReadLines(Repository.At("docs/architecture.md"))
            .SkipWhile(line => line != "## Folders of the runtime")
            .Skip(1)
            .TakeWhile(line => !line.StartsWith('#'))
            .Where(line => line.StartsWith('|'))
            .SelectMany(line => Name().Matches(line.Split('|')[1]).Select(name => name.Groups[1].Value)),
    ];

    private static string FromLowToHigh() =>
        string.Join('\n', Folders.Now.Layers().Select(layer => string.Join(" · ", layer.Select(folder => $"`{folder}`"))));

    private static string? CycleFrom(string folder)
    {
        // The shortest way back, breadth first.
        var from = new Dictionary<string, string>();
        var toVisit = new Queue<string>([folder]);
        while (toVisit.TryDequeue(out var user))
        {
            foreach (var used in Folders.Now.UsedBy(user).Keys.Where(used => from.TryAdd(used, user)))
            {
                if (used == folder)
                {
                    return Describe(folder, from);
                }

                toVisit.Enqueue(used);
            }
        }

        return null;
    }

    private static string Describe(string folder, Dictionary<string, string> from)
    {
        var steps = new List<string>();
        var used = folder;
        do
        {
            var user = from[used];
            steps.Insert(0, $"  {user} → {used}: {Folders.Now.UsedBy(user)[used]}");
            used = user;
        }
        while (used != folder);

        return string.Join('\n', steps);
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();
}
