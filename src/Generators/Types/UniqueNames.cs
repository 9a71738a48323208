namespace Weir.Generators.Types;

/// <summary>Names of classes in one file: a name that is taken gets a number.</summary>
internal sealed class UniqueNames
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public string Take(string name)
    {
        var free = name;
        for (var i = 2; !_taken.Add(free); i++)
        {
            free = $"{name}{i}";
        }

        return free;
    }
}
