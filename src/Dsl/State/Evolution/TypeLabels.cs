using System.Text;

namespace Weir.Wire;

/// <summary>Tells by the names of types if one is the other at another time.</summary>
internal static class TypeLabels
{
    /// <summary>
    /// Whether a type is the same one: by its name, or by a former one in full or its last part. Type arguments are no part of it: they
    /// are resolved where the members have them.
    /// </summary>
    /// <param name="then">What it was called.</param>
    /// <param name="now">What it is called.</param>
    /// <param name="formerNames">What it says that it was called.</param>
    public static bool IsSame(string then, string now, IEnumerable<string> formerNames)
    {
        var bare = Bare(then);
        return bare == Bare(now) || formerNames.Any(former =>
            former == then || former == bare || former == bare.Substring(bare.LastIndexOf('.') + 1));
    }

    /// <summary>The name without type arguments.</summary>
    public static string Bare(string name)
    {
        var bare = new StringBuilder(name.Length);
        var depth = 0;
        foreach (var letter in name)
        {
            depth += letter == '<' ? 1 : 0;
            if (depth == 0)
            {
                bare.Append(letter);
            }

            depth -= letter == '>' ? 1 : 0;
        }

        return bare.ToString();
    }
}
