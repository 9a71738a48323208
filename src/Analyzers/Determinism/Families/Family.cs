using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Weir.Analyzers.Determinism.Families;

/// <summary>Which rule a member of a referenced assembly breaks.</summary>
internal static class Family
{
    /// <summary>The rule and what to do, or null for a member that may be used.</summary>
    public static (DiagnosticDescriptor Rule, string Cure)? Find(MemberUse use)
    {
        if (ClockFamily.Has(use))
        {
            return (Rules.Clock, ClockFamily.Cure);
        }

        if (RandomnessFamily.Has(use))
        {
            return (Rules.Randomness, RandomnessFamily.Cure);
        }

        if (CultureFamily.Has(use))
        {
            return (Rules.Culture, CultureFamily.Cure);
        }

        if (HashFamily.Has(use))
        {
            return (Rules.SaltedHash, HashFamily.Cure);
        }

        if (ConcurrencyFamily.Has(use))
        {
            return (Rules.Concurrency, ConcurrencyFamily.Cure);
        }

        // Who asks the current thread for its culture asks for the culture.
        if (MachineFamily.Has(use) && !(use.Operation.Parent is IPropertyReferenceOperation outer
            && CultureFamily.Has(new MemberUse(outer.Property, outer))))
        {
            return (Rules.Machine, MachineFamily.Cure);
        }

        return InputOutputFamily.Find(use) is { } cure ? (Rules.InputOutput, cure)
            : AmbientFamily.Has(use) ? (Rules.HiddenState, AmbientFamily.Cure)
            : null;
    }
}
