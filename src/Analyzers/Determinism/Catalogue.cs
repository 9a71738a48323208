using Microsoft.CodeAnalysis;
using Weir.Analyzers.Determinism.Families;

namespace Weir.Analyzers.Determinism;

/// <summary>What is known of libraries that carry no attributes: a text file within this assembly.</summary>
/// <remarks>A line is a rule, and a type or a member by its full name; a type stands for all its members.</remarks>
internal sealed class Catalogue
{
    private readonly Dictionary<string, DiagnosticDescriptor> _rules = new(StringComparer.Ordinal);

    public static Catalogue Shipped { get; } = Read();

    public (DiagnosticDescriptor Rule, string Cure)? Find(MemberUse use)
    {
        if (_rules.TryGetValue($"{use.TypeName}.{use.Name}", out var rule))
        {
            return (rule, Cure(rule));
        }

        for (var type = use.Type; type is not null; type = type.BaseType)
        {
            if (!use.IsConstructor && _rules.TryGetValue(MemberUse.FullName(type), out rule))
            {
                return (rule, Cure(rule));
            }
        }

        return null;
    }

    /// <summary>What to do about a rule, in general.</summary>
    /// <param name="rule">The rule.</param>
    public static string Cure(DiagnosticDescriptor rule) => rule.Id switch
    {
        "WEIR1001" => ClockFamily.Cure,
        "WEIR1002" => RandomnessFamily.Cure,
        "WEIR1003" => MachineFamily.Cure,
        "WEIR1004" => HashFamily.Cure,
        "WEIR1005" => CultureFamily.Cure,
        "WEIR1006" => OrderFamily.Cure,
        "WEIR1007" => InputOutputFamily.Cure,
        "WEIR1009" => ConcurrencyFamily.Cure,
        _ => AmbientFamily.Cure,
    };

    private static Catalogue Read()
    {
        var catalogue = new Catalogue();
        using var stream = typeof(Catalogue).Assembly.GetManifestResourceStream("Weir.Analyzers.Catalogue.txt");
        using var reader = new StreamReader(stream!);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#' && line.IndexOf(' ') is > 0 and var space
                && Rules.Of(line.Substring(0, space)) is { } rule)
            {
                catalogue._rules[line.Substring(space + 1).Trim()] = rule;
            }
        }

        return catalogue;
    }
}
