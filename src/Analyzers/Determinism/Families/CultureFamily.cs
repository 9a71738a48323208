using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Weir.Analyzers.Determinism.Families;

/// <summary>WEIR1005: everything that asks the current culture, by name or by leaving it out.</summary>
internal static class CultureFamily
{
    public const string Cure = "name the invariant culture, or an ordinal comparison";

    private static readonly HashSet<string> Sorting = new(StringComparer.Ordinal)
    {
        "OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending", "Order", "OrderDescending", "Min", "Max", "MinBy", "MaxBy", "Sort",
        "BinarySearch", "ToImmutableSortedSet", "ToImmutableSortedDictionary",
    };

    public static bool Has(MemberUse use) => use.TypeName switch
    {
        "System.Globalization.CultureInfo" => use.Name is "CurrentCulture" or "CurrentUICulture" or "InstalledUICulture"
            or "DefaultThreadCurrentCulture" or "DefaultThreadCurrentUICulture",
        "System.Threading.Thread" => use.Name is "CurrentCulture" or "CurrentUICulture",
        "System.Globalization.RegionInfo" => use.Name == "CurrentRegion",
        "System.Globalization.NumberFormatInfo" or "System.Globalization.DateTimeFormatInfo" => use.Name == "CurrentInfo",
        "System.StringComparer" or "System.StringComparison" =>
            use.Name.StartsWith("CurrentCulture", StringComparison.Ordinal),
        "System.String" => IsOfText(use),
        "System.Char" => use.Name is "ToUpper" or "ToLower" && use.Parameters.Length == 1,
        "System.Convert" => IsConvert(use),
        "System.Resources.ResourceManager" or "System.ComponentModel.ComponentResourceManager" =>
            use.Name is "GetString" or "GetObject" or "GetStream" or "ApplyResources" && !NamesCulture(use),
        "System.ComponentModel.TypeConverter" => use.Name.StartsWith("Convert", StringComparison.Ordinal) && !NamesCulture(use),
        "System.Text.StringBuilder" or "System.IO.TextWriter" or "System.IO.StringWriter" => IsAppended(use),
        "System.Text.CompositeFormat" => false,
        "System.FormattableString" => use.Name is "CurrentCulture" || (use.Name == "ToString" && use.Parameters.Length == 0),
        "System.Text.RegularExpressions.Regex" => IgnoresCase(use),
        _ => Formats(use) || Reads(use) || Compares(use),
    };

    /// <summary>Whether a text that is composed of values is written by the culture.</summary>
    public static bool Has(IInterpolationOperation part) =>
        CultureTypes.IsFormatted(MemberUse.Bare(part.Expression).Type, part.FormatString?.ConstantValue.Value as string);

    /// <summary>Whether a value that is added to a text is written by the culture.</summary>
    public static bool IsConcatenated(IBinaryOperation addition) =>
        addition is { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String, OperatorMethod: null }
        && (CultureTypes.IsFormatted(MemberUse.Bare(addition.LeftOperand).Type)
            || CultureTypes.IsFormatted(MemberUse.Bare(addition.RightOperand).Type));

    private static bool IsOfText(MemberUse use) => use.Name switch
    {
        "ToUpper" or "ToLower" => use.Parameters.Length == 0,
        "Compare" => !NamesCulture(use) && !use.Parameters.Any(static parameter => IsComparison(parameter.Type)),
        "CompareTo" => true,
        "StartsWith" or "EndsWith" => use.Parameters is [{ Type.SpecialType: SpecialType.System_String }],
        "IndexOf" or "LastIndexOf" => use.Parameters is [{ Type.SpecialType: SpecialType.System_String }, ..]
            && !use.Parameters.Any(static parameter => IsComparison(parameter.Type)),
        "Replace" => use.Parameters.Any(static parameter => parameter.Type.Name == "CultureInfo") && !NamesCulture(use),
        "Format" => !NamesCulture(use) && Values(use).Any(static value => CultureTypes.IsFormatted(value.Type)),
        "Concat" or "Join" => Values(use).Any(static value => CultureTypes.IsFormatted(value.Type)
            || CultureTypes.IsFormatted(ItemOf(value.Type))),
        _ => false,
    };

    // By the rules of the culture in which the expression was made, if not told otherwise.
    private static bool IgnoresCase(MemberUse use)
    {
        const int IgnoreCase = 1, CultureInvariant = 512;
        return use.Arguments.Any(static argument =>
            argument is { Parameter.Type.Name: "RegexOptions", Value.ConstantValue.Value: int options }
            && (options & (IgnoreCase | CultureInvariant)) == IgnoreCase);
    }

    private static bool IsConvert(MemberUse use) =>
        !NamesCulture(use)
        && use.Parameters is [{ } taken, ..]
        && (use.Name == "ChangeType" || (use.Name == "ToString"
            ? CultureTypes.IsFormatted(use.Arguments is [{ } value, ..] ? MemberUse.Bare(value.Value).Type : taken.Type)
            : use.Name is "ToDouble" or "ToSingle" or "ToDecimal" or "ToDateTime"
                && use.Parameters[0].Type.SpecialType is SpecialType.System_String or SpecialType.System_Object));

    private static bool IsAppended(MemberUse use) =>
        use.Name is "Append" or "AppendFormat" or "Insert" or "AppendJoin" or "Write" or "WriteLine"
        && !NamesCulture(use)
        && Values(use).Any(static value => CultureTypes.IsFormatted(value.Type) || CultureTypes.IsFormatted(ItemOf(value.Type)));

    private static bool Formats(MemberUse use) =>
        use.Name is "ToString" or "TryFormat" or "GetDateTimeFormats" or "ToShortDateString" or "ToLongDateString" or "ToShortTimeString"
            or "ToLongTimeString"
        && !NamesCulture(use)
        && (use.TypeName is "System.IFormattable" or "System.ISpanFormattable"
            || CultureTypes.IsFormatted(use.Instance is { } instance ? MemberUse.Bare(instance).Type : use.Type, FormatOf(use)));

    private static bool Reads(MemberUse use) =>
        use.Name is "Parse" or "TryParse" or "ParseExact" or "TryParseExact"
        && use.Member.IsStatic
        && !NamesCulture(use)
        && (CultureTypes.IsFormatted(use.Type) || (use.TypeName == "System.TimeSpan" && FormatOf(use) is not ("c" or "t" or "T")));

    private static bool Compares(MemberUse use)
    {
        if (use.Member is not IMethodSymbol method || Compared(method, use) is not { } compared || !CultureTypes.IsCompared(compared))
        {
            return false;
        }

        // A comparer that is given is somebody's choice; a missing one is the default.
        return !use.Arguments.Any(static argument => argument.ArgumentKind == ArgumentKind.Explicit
            && IsComparer(argument.Parameter?.Type)
            && MemberUse.Bare(argument.Value) is not ILiteralOperation { ConstantValue: { HasValue: true, Value: null } });
    }

    private static ITypeSymbol? Compared(IMethodSymbol method, MemberUse use) => use.TypeName switch
    {
        "System.Linq.Enumerable" when Sorting.Contains(method.Name) => SortedBy(method),
        "System.Array" or "System.MemoryExtensions" when Sorting.Contains(method.Name) => method.TypeArguments.FirstOrDefault()
            ?? (use.Arguments is [{ } array, ..] ? ItemOf(MemberUse.Bare(array.Value).Type) : null),
        "System.Collections.Generic.List" or "System.Collections.Immutable.ImmutableArray" or "System.Collections.Immutable.ImmutableList"
            when Sorting.Contains(method.Name) =>
                method.ContainingType.TypeArguments.FirstOrDefault() ?? method.TypeArguments.FirstOrDefault(),
        "System.Collections.Immutable.ImmutableSortedSet" or "System.Collections.Immutable.ImmutableSortedDictionary"
            when Sorting.Contains(method.Name) || method.Name.StartsWith("Create", StringComparison.Ordinal) =>
            method.TypeArguments.FirstOrDefault(),
        "System.Collections.Generic.SortedSet" or "System.Collections.Generic.SortedDictionary" or "System.Collections.Generic.SortedList"
            or "System.Collections.Generic.PriorityQueue" when use.IsConstructor =>
            use.TypeName.EndsWith("PriorityQueue", StringComparison.Ordinal)
                ? use.Type.TypeArguments.Last() : use.Type.TypeArguments.FirstOrDefault(),
        "System.Collections.Generic.Comparer" when method.Name == "Compare" => method.ContainingType.TypeArguments[0],
        _ => method.Name == "CompareTo" ? use.Type : null,
    };

    // Of Order, Min and Max the items are compared; of OrderBy, MinBy, Min with a function what it answers.
    private static ITypeSymbol? SortedBy(IMethodSymbol method) =>
        method.Name is "Min" or "Max" ? method.ReturnType : method.TypeArguments.LastOrDefault();

    private static bool NamesCulture(MemberUse use)
    {
        var providers = use.Arguments.Where(static argument => argument.Parameter?.Type is { } type
            && (MemberUse.Is(type, "System.Globalization.CultureInfo") || type.Name == "IFormatProvider")).ToArray();
        return providers.Any(static argument => argument.ArgumentKind == ArgumentKind.Explicit
            && MemberUse.Bare(argument.Value) is not (ILiteralOperation { ConstantValue: { HasValue: true, Value: null } }
                or IDefaultValueOperation));
    }

    private static IEnumerable<IOperation> Values(MemberUse use) => use.Arguments
        .Select(static argument => argument.Value)
        .SelectMany(static value => value switch
        {
            IArrayCreationOperation { Initializer: { } items } => items.ElementValues,
            ICollectionExpressionOperation items => items.Elements,
            _ => [value],
        })
        .Select(MemberUse.Bare);

    private static string? FormatOf(MemberUse use) => use.Arguments
        .Where(static argument => argument.Parameter?.Name == "format")
        .Select(static argument => argument.Value.ConstantValue.Value as string)
        .FirstOrDefault();

    private static ITypeSymbol? ItemOf(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType,
        { SpecialType: SpecialType.System_String } or null => null,
        _ => type.AllInterfaces.Concat(type is INamedTypeSymbol self ? [self] : [])
            .FirstOrDefault(static one => one.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)?
            .TypeArguments[0],
    };

    private static bool IsComparison(ITypeSymbol type) => type.Name is "StringComparison" or "CompareOptions";

    private static bool IsComparer(ITypeSymbol? type) =>
        type?.Name is "IComparer" or "Comparison" or "StringComparer" or "Comparer";
}
